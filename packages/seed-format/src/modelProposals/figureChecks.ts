import { type CodePointText, unitKind } from '@dossier/domain/facts';
import { dates } from '../checks/dates.js';
import { decimals } from '../checks/decimals.js';
import type { CheckInput } from '../checks/input.js';
import { stated } from '../checks/stated.js';
import { units } from '../checks/units.js';
import type { SeedFile } from '../files.js';
import { currenciesIn } from '../numerals.js';
import type { Proposal } from '../proposals/proposalFile.js';
import { SECTIONS } from '../records.js';

type ProposedFigure = Extract<Proposal, { kind: 'figure' }>;

/** The fields of a record that follow from a proposal and the text: all but actors and period. */
export const figureValues = (
  { measure, flow, value, unit, qualifier, at, within }: ProposedFigure,
  text: CodePointText,
) => ({
  measure,
  flow,
  value: value ?? null,
  statedAs: text.slice(...at).replace(/\s+/gu, ' '),
  unit: unit ?? null,
  qualifier,
  lowerBound: qualifier === 'OVER' ? (value ?? null) : null,
  upperBound: qualifier === 'UNDER' ? (value ?? null) : null,
  passages: [within],
});

/** The first problem that `seeds check` would report of a figure's values, unit and dates; null if there is none. */
export function figureProblem(figure: ProposedFigure, folder: string, text: CodePointText): string | null {
  // A period that is not known yet is filled in by the person who accepts the figure.
  const record = SECTIONS.trade.figures.safeParse({
    ...figureValues(figure, text),
    id: 'F01',
    period: figure.period ?? { edtf: '../..', basis: 'UNKNOWN' },
  });
  if (!record.success) return `${record.error.issues[0]?.path.join('.')}: ${record.error.issues[0]?.message}`;
  const document = `document:${folder}`;
  const entry = {
    id: `figure:${folder}/F01`,
    parsed: {
      section: 'figures',
      file: FILE,
      path: ['figures', 0],
      record: { ...record.data, id: `figure:${folder}/F01`, basis: 'DOCUMENT', origin: { document } },
    },
  };
  const input = { entries: [entry], texts: new Map([[document, { availability: 'VERIFIED', text }]]) };
  const [problem] = [units, decimals, stated, dates].flatMap((check) => check(input as unknown as CheckInput));
  return problem?.message ?? kindProblem(figure.unit ?? null, text.slice(...figure.at));
}

/** Why the unit is of another kind than the words: the checks accept a percentage whose words are an amount of money, since a person may have computed it. */
function kindProblem(unit: string | null, words: string): string | null {
  if (unit === null) return null;
  const kind = unitKind(unit);
  if (kind !== 'CURRENCY' && currenciesIn(words).size > 0) return `"${unit}" is not the currency of the words.`;
  return kind === 'CURRENCY' && PERCENT.test(words) ? `"${unit}" is not a percentage, as the words are.` : null;
}

const PERCENT = /[%٪﹪％]|\bper ?cent\b/iu;

/** The checks take the place of a problem from the file of the record, which does not exist yet. */
const FILE: SeedFile = {
  name: 'trade.yaml',
  folder: '',
  stem: 'trade',
  size: 0,
  content: null,
  lineOf: () => 1,
  comments: [],
  problems: [],
};
