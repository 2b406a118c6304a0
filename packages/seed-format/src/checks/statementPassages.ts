import { idsIn, linked, passagesOf } from '../consequences.js';
import type { PassageSeed, Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, entriesOf, problemAt } from './input.js';

type Statement = Seeds['statements'][number];
type Section = 'figures' | 'commodities' | 'numbers';

const MAX_SHOWN = 3;

/**
 * Reports figures, goods and numbers that name a statement without their words: none of their passages is within a passage of the statement.
 * A figure may have further passages elsewhere, e.g. in the heading of a table.
 */
export const statementPassages: Check = ({ seeds, entries, folders }) =>
  entriesOf(entries, 'figures', 'commodities', 'numbers').flatMap((entry) => {
    const { statement: id, origin } = entry.parsed.record as unknown as Seeds[Section][number];
    const passages = passagesIn(entry);
    const statement = id === null ? null : folders.find('statements', id);
    // Positions in another text cannot be compared, and references that lead nowhere are reported elsewhere.
    const isComparable = statement?.origin.document === origin.document && passages.length > 0;
    if (!statement || !isComparable || statement.passages.length === 0 || hasOneOf(statement, passages)) return [];
    return [
      linked(
        problemAt(
          entry,
          ['statement'],
          `no passage of ${shortId(statement.id)} contains the words; expected ${expectedInstead(seeds.statements, passages)}.`,
        ),
        { causes: causesOf(entry, statement) },
      ),
    ];
  });

/** The passages of a record that has several, or is one. */
const passagesIn = ({ parsed: { section, record } }: Entry): PassageSeed[] =>
  section === 'numbers' ? [record as unknown as PassageSeed] : (record['passages'] as PassageSeed[]);

const hasOneOf = ({ passages }: Statement, wanted: readonly PassageSeed[]): boolean =>
  wanted.some(({ at: [start, end] }) => passages.some(({ at }) => at[0] <= start && end <= at[1]));

/** With a wrong passage the words are others, and with an id given twice the statement may be the other one. */
const causesOf = ({ id, parsed }: Entry, statement: Statement): string[] => [
  passagesOf(id),
  passagesOf(statement.id),
  idsIn('statements', parsed.file.folder),
];

function expectedInstead(statements: CheckInput['seeds']['statements'], passages: readonly PassageSeed[]): string {
  const fitting = statements.filter((statement) => hasOneOf(statement, passages)).map(({ id }) => shortId(id));
  return fitting.length > 0
    ? `${fitting.slice(0, MAX_SHOWN).join(' or ')}, whose passage contains them`
    : 'a statement with a passage that contains them, or none';
}

const shortId = (id: string): string => id.slice(id.lastIndexOf('/') + 1);
