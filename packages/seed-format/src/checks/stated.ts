import { CodePointText, parseDecimal, unitKind } from '@dossier/domain/facts';
import { type Direction, directionOf, directionsIn } from '../changeWords.js';
import { linked, passagesOf } from '../consequences.js';
import type { Decimal } from '../formula.js';
import { currenciesIn, numbersIn, type StatedNumber, scalesIn } from '../numerals.js';
import type { Problem } from '../problem.js';
import { qualifiersOf, type WordedQualifier } from '../proposals/numbers.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { TextMatcher } from '../textMatch.js';
import { dividesWord } from '../wordBoundary.js';
import { type Check, type CheckInput, entriesOf, passageOf, problemAt } from './input.js';

type Figure = Seeds['figures'][number];
type NumberSeed = Seeds['numbers'][number];

/** A number that could not be compared with the words that it rests on, and why. */
interface Uncompared {
  entry: Entry;
  path: string;
  reason: string;
}

/**
 * Reports stated figures and numbers that contradict their words: `statedAs` that is not in a passage, a value that no number of the words
 * can denote, another currency, the sign of a change, and the qualifier. The words are `statedAs`, or the passages if their text is mounted. What cannot be read as a
 * number contradicts nothing; see `uncomparedNumbers`.
 */
export const stated: Check = (input) => {
  const { entries } = input;
  const problemsWith = (section: string, compare: typeof figureProblems) =>
    entriesOf(entries, section).flatMap((entry) =>
      // In a wrong passage, the words are others.
      compare(entry, input).problems.map((problem) =>
        linked(problem, { subjects: [entry.id], causes: [passagesOf(entry.id)] }),
      ),
    );
  return [
    ...problemsWith('figures', figureProblems),
    ...problemsWith('numbers', numberProblems),
    ...problemsWith('provisions', capProblems),
  ];
};

/** Smaller numbers are often written as words. */
const MIN_CAP = 20;

/** Reports the cap of a provision with a number that its passages do not have. */
function capProblems(entry: Entry, { texts }: Pick<CheckInput, 'texts'>): Compared {
  const { cap, passages } = entry.parsed.record as unknown as Seeds['provisions'][number];
  const words = cap === null ? null : wordsOf(entry, passages, texts);
  if (cap === null || !words) return NOTHING;
  const stated = words.flatMap(numbersIn);
  const missing = numbersIn(cap).find(
    ({ values }) =>
      values.every((value) => value.gte(MIN_CAP)) && !values.some((value) => isAmong(value, stated, words)),
  );
  return missing === undefined
    ? NOTHING
    : {
        problems: [
          problemAt(
            entry,
            ['cap'],
            `${shown([missing])} is not in the passages of the provision; expected the quantity that they state, or the passage that states it.`,
          ),
        ],
        uncompared: null,
      };
}

/** Notes on the figures and numbers whose words are known, but hold no number that could be compared with the value. */
export function uncomparedNumbers(input: Pick<CheckInput, 'entries' | 'texts'>): Problem[] {
  return [
    ...entriesOf(input.entries, 'figures').map((entry) => figureProblems(entry, input).uncompared),
    ...entriesOf(input.entries, 'numbers').map((entry) => numberProblems(entry, input).uncompared),
  ].flatMap((uncompared) => (uncompared ? [problemAt(uncompared.entry, [uncompared.path], uncompared.reason)] : []));
}

interface Compared {
  problems: Problem[];
  uncompared: Uncompared | null;
}
const NOTHING: Compared = { problems: [], uncompared: null };

function figureProblems(entry: Entry, { texts }: Pick<CheckInput, 'texts'>): Compared {
  const figure = entry.parsed.record as unknown as Figure;
  if (figure.derivation) return NOTHING;
  const passages = wordsOf(entry, figure.passages, texts);
  const problems: Problem[] = [];
  const { statedAs, unit, value } = figure;
  if (statedAs !== null && passages && !passages.some((words) => containsWords(words, statedAs)))
    return {
      problems: [
        problemAt(
          entry,
          ['statedAs'],
          `"${statedAs}" is not in a passage of the figure; expected whole words of a passage, or null.`,
        ),
      ],
      uncompared: null,
    };
  const words = statedAs === null ? passages : [statedAs];
  if (!words) return NOTHING;
  if (unit !== null && unitKind(unit) === 'CURRENCY') {
    const named = firstNonEmpty(words.map(currenciesIn), passages?.map(currenciesIn) ?? []);
    if (named.size > 0 && !named.has(unit))
      problems.push(
        problemAt(
          entry,
          ['unit'],
          `${unit} is not the currency of the words; expected ${[...named].slice(0, 3).join(' or ')}.`,
        ),
      );
  }
  const amount = value === null ? null : decimalOf(value);
  if (!amount) return { problems: [...problems, ...trendProblems(entry, figure, words)], uncompared: null };
  const isPercent = unit === 'percent';
  const numbers = words.flatMap(numbersIn);
  const fitting = numbers.filter((number) => number.isPercent === isPercent);
  // "a third more" has no number to compare with; in "52% in 2021" the year is none.
  const compared = fitting.length > 0 ? fitting : numbers;
  if (compared.length === 0)
    return {
      problems,
      uncompared: {
        entry,
        path: 'value',
        reason: `${value} was not compared with the words, in which no number was recognised.`,
      },
    };
  if (!isAmong(amount, compared, words.concat(passages ?? [])))
    problems.push(
      problemAt(
        entry,
        ['value'],
        `${value} does not follow from the words, which give ${shown(compared)}; expected the value that they state. If its scale is stated elsewhere, as in the head of a table, add that passage.`,
      ),
    );
  // The words before the quantity count, too: "roughly 5 million".
  else
    problems.push(
      ...contradictions(entry, figure, amount, statedAs === null ? words : [statedAs, ...(passages ?? [])]),
    );
  return { problems, uncompared: null };
}

const CHANGES: ReadonlySet<string> = new Set(['PERCENT_CHANGE', 'ABSOLUTE_CHANGE']);
const CHANGED: Readonly<Record<Direction, string>> = { UP: 'growth', DOWN: 'a fall' };

/** A sign and a qualifier that the words around the number contradict. Of several passages, the first that has such words decides. */
function contradictions(entry: Entry, figure: Figure, amount: Decimal, words: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const direction = CHANGES.has(figure.measure) ? firstOf(words, (each) => directionOf(each, amount)) : null;
  if (direction !== null && !amount.isZero() && (direction === 'DOWN') !== amount.isNegative())
    problems.push(
      problemAt(
        entry,
        ['value'],
        `${figure.value} for words that state ${CHANGED[direction]}; expected a ${direction === 'DOWN' ? 'negative' : 'positive'} value.`,
      ),
    );
  const qualifier = firstOf(words, (each) => qualifierIn(each, amount));
  const allowed = qualifier === null ? [] : QUALIFIERS_FOR[qualifier].map((each) => ofSign(each, amount));
  if (qualifier !== null && !allowed.includes(figure.qualifier))
    problems.push(
      problemAt(
        entry,
        ['qualifier'],
        `${figure.qualifier} for words that state ${QUALIFIED[qualifier]}; expected ${allowed.join(' or ')}.`,
      ),
    );
  return problems;
}

/** What a figure whose words qualify the number may say. */
const QUALIFIERS_FOR: Readonly<Record<WordedQualifier, readonly string[]>> = {
  OVER: ['OVER'],
  UNDER: ['UNDER'],
  APPROXIMATELY: ['APPROXIMATELY'],
  NEARLY: ['APPROXIMATELY', 'UNDER'],
};
const QUALIFIED: Readonly<Record<WordedQualifier, string>> = {
  OVER: 'a lower bound',
  UNDER: 'an upper bound',
  APPROXIMATELY: 'an approximate number',
  NEARLY: 'a number that is not reached',
};

/** The qualifier of a number with its sign: a fall of more than 5 is a change of under -5. */
const ofSign = (qualifier: string, amount: Decimal): string =>
  !amount.isNegative() ? qualifier : qualifier === 'OVER' ? 'UNDER' : qualifier === 'UNDER' ? 'OVER' : qualifier;

/** How words qualify a number; null if they do not, or each time in another way. */
function qualifierIn(words: string, amount: Decimal): WordedQualifier | null {
  const found = qualifiersOf(words, amount.abs());
  return found.length > 0 && found.every((each) => each === found[0]) ? (found[0] ?? null) : null;
}

function firstOf<Found>(words: readonly string[], find: (each: string) => Found | null): Found | null {
  for (const each of words) {
    const found = find(each);
    if (found !== null) return found;
  }
  return null;
}

/** A trend without a number that the words contradict. */
function trendProblems(entry: Entry, { qualifier }: Figure, words: readonly string[]): Problem[] {
  if (qualifier !== 'DECLINING') return [];
  const directions = new Set(words.flatMap(directionsIn));
  return directions.has('UP') && !directions.has('DOWN')
    ? [problemAt(entry, ['qualifier'], `DECLINING for words that state ${CHANGED.UP}; expected another qualifier.`)]
    : [];
}

const NEGATIVE = /[-\u2010-\u2015\u2212]\s?\p{Nd}|minus|negative|below|минус|ниже/iu;

function numberProblems(entry: Entry, { texts }: Pick<CheckInput, 'texts'>): Compared {
  const record = entry.parsed.record as unknown as NumberSeed;
  const words = wordsOf(entry, [record], texts)?.[0];
  if (record.value === null || words === undefined) return NOTHING;
  const amount = decimalOf(record.value);
  // Not a quantity: a section of a law, a model.
  if (!amount)
    return contains(words, record.value)
      ? NOTHING
      : {
          problems: [
            problemAt(
              entry,
              ['value'],
              `"${record.value}" is not in the passage; expected a decimal, or words of the passage.`,
            ),
          ],
          uncompared: null,
        };
  const numbers = numbersIn(words);
  if (numbers.length === 0)
    return {
      problems: [],
      uncompared: {
        entry,
        path: 'value',
        reason: `${record.value} was not compared with the passage, in which no number was recognised.`,
      },
    };
  if (amount.isNegative() && !amount.isZero() && !NEGATIVE.test(words) && !directionsIn(words).includes('DOWN'))
    return {
      problems: [
        problemAt(entry, ['value'], `${record.value} for words without a minus or a fall; expected a positive number.`),
      ],
      uncompared: null,
    };
  return isAmong(amount, numbers, [words])
    ? NOTHING
    : {
        problems: [
          problemAt(
            entry,
            ['value'],
            `${record.value} does not follow from the passage, which gives ${shown(numbers)}; expected the number that it states.`,
          ),
        ],
        uncompared: null,
      };
}

/** Whether a value is that of a number, apart from its sign: "less" and "fell" are words of many forms. */
function isAmong(amount: Decimal, numbers: readonly StatedNumber[], words: readonly string[]): boolean {
  const scales = [0, ...words.flatMap(scalesIn)];
  return numbers.some(({ values }) =>
    values.some((value) => scales.some((power) => value.times(`1e${power}`).eq(amount.abs()))),
  );
}

/** Whether words occur in a text, apart from case and how they are encoded. */
const contains = (text: string, words: string): boolean =>
  new TextMatcher(new CodePointText(text.toLowerCase())).find(words.toLowerCase()).length > 0;

/** The same as whole words: in "25 million" there is no "25 mill" and no "5 million". */
function containsWords(text: string, words: string): boolean {
  const content = new CodePointText(text.toLowerCase());
  return new TextMatcher(content)
    .find(words.toLowerCase())
    .some(({ start, end }) => !dividesWord(content, start) && !dividesWord(content, end));
}

const MAX_SHOWN = 5;
const shown = (numbers: readonly StatedNumber[]): string =>
  [...new Set(numbers.flatMap(({ values }) => values.map((value) => value.toFixed())))].slice(0, MAX_SHOWN).join(', ');

const firstNonEmpty = (...lists: Set<string>[][]): Set<string> =>
  lists.map((sets) => new Set(sets.flatMap((set) => [...set]))).find((set) => set.size > 0) ?? new Set();

function decimalOf(text: string): Decimal | null {
  try {
    return parseDecimal(text);
  } catch {
    return null;
  }
}

/** The words of passages; null if their text is not mounted or there are none. */
function wordsOf(entry: Entry, passages: readonly unknown[], texts: CheckInput['texts']): string[] | null {
  const { document } = entry.parsed.record['origin'] as { document: string | null };
  const text = texts.get(document ?? '')?.text;
  if (!text || passages.length === 0) return null;
  return passages.map((each) => {
    const passage = passageOf(each);
    return passage ? text.slice(passage.start, passage.end) : '';
  });
}
