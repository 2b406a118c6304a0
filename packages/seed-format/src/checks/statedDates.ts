import { type CodePointText, spanOf } from '@dossier/domain/facts';
import { dateOf, linked, passagesOf, publicationOf } from '../consequences.js';
import { leadOfEnglish } from '../numerals.js';
import type { Problem } from '../problem.js';
import { datesIn, namesMonth } from '../proposals/dates.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, entriesOf, passageOf, problemAt } from './input.js';
import { type DateSeed, datesOf } from './recordDates.js';

type Document = Seeds['documents'][number];

/** Sections whose records cite the words that date them. Others cite the words of a claim, a name or a quantity, with the date next to it. */
const CITING_DATES: ReadonlySet<string> = new Set(['events', 'instruments', 'designations']);

/**
 * Reports dates of the basis STATED that the mounted text does not state: those of events and legal acts in their passages, those of other records
 * in the paragraphs of their passages, those of statements and of the publication anywhere. A relative date is counted from its anchor, as in
 * proposals. Texts in languages whose dates are not understood only need to have the year.
 */
export const statedDates: Check = ({ seeds, entries, texts }) =>
  seeds.documents.flatMap((document) => {
    const text = texts.get(document.id)?.text;
    if (!text) return [];
    const reader = new DateReader(document, text);
    const published = entriesOf(entries, 'document').flatMap((entry) =>
      entry.id === document.id ? publicationProblem(entry, document, reader) : [],
    );
    return [...published, ...entries.flatMap((entry) => recordProblems(entry, document, reader))];
  });

function publicationProblem(entry: Entry, { publishedOn }: Document, reader: DateReader): Problem[] {
  if (publishedOn.basis !== 'STATED' || reader.isPublicationStated()) return [];
  const key = publicationOf(entry.id);
  return [
    linked(problemAt(entry, ['publishedOn', 'edtf'], messageFor(publishedOn, 'the text', reader.shown(null))), {
      subjects: [key],
      causes: [key, passagesOf(entry.id)],
    }),
  ];
}

function recordProblems(entry: Entry, document: Document, reader: DateReader): Problem[] {
  const { section, record } = entry.parsed;
  if ((record['origin'] as { document: string | null }).document !== document.id) return [];
  return datesOf(entry).flatMap(({ path, date }) => {
    if (date.basis !== 'STATED') return [];
    const isAnywhere = section === 'statements' || date.note !== null;
    const scope = isAnywhere ? null : reader.scopeOf(record['passages'], CITING_DATES.has(section));
    if (reader.isStated(date.edtf, scope)) return [];
    const where = scope === null ? 'the text' : scope.passages ? 'its passages' : 'the paragraphs of its passages';
    const causes = [dateOf(entry.id, path), publicationOf(document.id), passagesOf(document.id), passagesOf(entry.id)];
    return [linked(problemAt(entry, [...path, 'edtf'], messageFor(date, where, reader.shown(scope))), { causes })];
  });
}

/** Where a date has to be. */
interface Scope {
  /** Indexes of paragraphs. */
  paragraphs: readonly number[];
  /** The positions of passages in them that must have the date, of an interval one end; null if it may be anywhere in the paragraphs. */
  passages: readonly At[] | null;
}
type At = readonly [number, number];

const messageFor = ({ edtf }: DateSeed, where: string, found: string): string =>
  `${edtf} with the basis STATED is not a date of ${where}${found && ` (found: ${found})`}; expected a date that the words state, or another basis with a note.`;

const MAX_SHOWN = 5;

/** What the words of a date can mean: one without a year may be of several. */
interface ReadDate {
  edtf: string;
  at: At;
  isYearless: boolean;
  /** Counted from the day of publication. */
  isRelative: boolean;
}

/** Reads the dates of a document paragraph by paragraph, as far as they are needed. */
class DateReader {
  readonly #document: Document;
  readonly #text: CodePointText;
  readonly #dates = new Map<number, ReadDate[]>();
  #isUnderstood: boolean | undefined;

  constructor(document: Document, text: CodePointText) {
    this.#document = document;
    this.#text = text;
  }

  /** The paragraphs that contain passages, or the passages alone; null, which means the whole text, if there are no passages. */
  scopeOf(passages: unknown, isInPassages: boolean): Scope | null {
    const cited = (Array.isArray(passages) ? passages : []).flatMap((each): At[] => {
      const passage = passageOf(each);
      return passage ? [[passage.start, passage.end]] : [];
    });
    const paragraphs = this.#document.paragraphs.flatMap(({ at }, index) =>
      cited.some(([start]) => at[0] <= start && start < at[1]) ? [index] : [],
    );
    return paragraphs.length > 0 ? { paragraphs, passages: isInPassages ? cited : null } : null;
  }

  /** Whether the text states the day of publication. "Today" would agree with any. */
  isPublicationStated(): boolean {
    return this.#states(this.#document.publishedOn.edtf, null, ({ isRelative }) => !isRelative);
  }

  /** Whether a date is stated, of an interval both ends; null for the whole text. A date that cannot be read is reported elsewhere. */
  isStated(edtf: string, scope: Scope | null): boolean {
    return this.#states(edtf, scope, () => true);
  }

  #states(edtf: string, scope: Scope | null, counts: (date: ReadDate) => boolean): boolean {
    const ends = edtf
      .replaceAll(/[?~%]/g, '')
      .split('/')
      .filter((end) => !['', '..'].includes(end));
    if (ends.some((end) => !isEdtf(end)) || (ends.length > 1 && isReversed(edtf))) return true;
    const words = this.#wordsOf(scope);
    // Most dates are written out, and to read all dates of a text takes milliseconds.
    if (ends.every((end) => isWrittenOut(end, words))) return true;
    if (!this.#understands()) return ends.every((end) => !/^\d{4}/.test(end) || hasYear(words, end, this.#document));
    const all = this.#datesIn(scope).filter(counts);
    if (all.some((date) => date.edtf === edtf)) return true;
    const stated = ends.filter(
      (end) =>
        all.some((date) => this.#isMeant(end, date)) || isInNumbers(end, words, all) || isInPart(end, words, all),
    );
    // In "3 to 5 May" and "2019-20" only one of two dates is written in full.
    return stated.length === ends.length || (stated.length > 0 && ends.every((end) => hasParts(end, words)));
  }

  /** Some of the dates that are stated, for a message. */
  shown(scope: Scope | null): string {
    if (!this.#understands()) return '';
    return [...new Set(this.#datesIn(scope).map(({ edtf }) => edtf))].slice(0, MAX_SHOWN).join(', ');
  }

  #isMeant(end: string, { edtf, isYearless }: ReadDate): boolean {
    if (isWithin(edtf, end)) return true;
    if (!isYearless || !edtf.slice(5).startsWith(end.slice(5)) || end.length < 7) return false;
    return hasYear(this.#wordsOf(null), end, this.#document);
  }

  #wordsOf(scope: Scope | null): string {
    if (scope === null) return this.#text.toString();
    return (scope.passages ?? scope.paragraphs.map((index) => this.#atOf(index)))
      .map((at) => this.#text.slice(...at))
      .join('\n');
  }

  #atOf(index: number): At {
    return this.#document.paragraphs[index]?.at ?? [0, 0];
  }

  #datesIn(scope: Scope | null): ReadDate[] {
    const all = (scope?.paragraphs ?? [...this.#document.paragraphs.keys()]).flatMap((index) => {
      let dates = this.#dates.get(index);
      if (!dates) {
        dates = this.#read(this.#atOf(index));
        this.#dates.set(index, dates);
      }
      return dates;
    });
    const passages = scope?.passages;
    return passages ? all.filter(({ at }) => passages.some(([start, end]) => at[0] < end && start < at[1])) : all;
  }

  #read(paragraph: At): ReadDate[] {
    const content = this.#text.slice(...paragraph);
    const positionOf = (unit: number): number => paragraph[0] + [...content.slice(0, unit)].length;
    return datesIn({ content }, this.#document.publishedOn.edtf).map(({ edtf, anchor, start, end }) => {
      const hasMonth = namesMonth(content.slice(start, end));
      return {
        edtf,
        at: [positionOf(start), positionOf(end)],
        isYearless: anchor !== null && hasMonth,
        isRelative: anchor !== null && !hasMonth,
      };
    });
  }

  /** Whether the dates of the language are understood. */
  #understands(): boolean {
    this.#isUnderstood ??= isUnderstood(this.#text.toString());
    return this.#isUnderstood;
  }
}

const MAX_SAMPLE = 20_000;

function isUnderstood(text: string): boolean {
  const sample = text.slice(0, MAX_SAMPLE);
  const count = (pattern: RegExp): number => sample.match(pattern)?.length ?? 0;
  const latin = count(/\p{Script=Latin}/gu);
  const cyrillic = count(/\p{Script=Cyrillic}/gu);
  const eastAsian = count(/[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const most = Math.max(latin, cyrillic, eastAsian);
  if (most === 0 || most * 2 < count(/\p{L}/gu)) return false;
  if (most === latin) return leadOfEnglish(sample) > 0;
  // Months have other names in Ukrainian, Serbian and Macedonian.
  return most === eastAsian || !/[іїєґўјљњћџђ]/iu.test(sample);
}

/** The year as digits, or that of the publication or next to it. */
function hasYear(words: string, edtf: string, { publishedOn }: Document): boolean {
  const year = edtf.slice(0, 4);
  const published = Number(/\d{4}/.exec(publishedOn.edtf)?.[0]);
  return Math.abs(Number(year) - published) <= 1 || numbersOf(words).has(Number(year));
}

/** Whether the words have the parts of a date as numbers: the day and the year, of which two digits are enough. A month has a name. */
function hasParts(edtf: string, words: string): boolean {
  const numbers = numbersOf(words);
  const [year = '', , day] = edtf.split('-');
  if (day !== undefined) return numbers.has(Number(day));
  return numbers.has(Number(year)) || numbers.has(Number(year.slice(2)));
}

/** Whether a day is one of several with the same month, or in an order of its own: "12 and 13 June", "6/12/2033". */
function isInNumbers(edtf: string, words: string, all: readonly ReadDate[]): boolean {
  const [year = '', month, day] = edtf.split('-');
  if (month === undefined || day === undefined) return false;
  if (hasParts(edtf, words) && all.some((date) => date.edtf.startsWith(`${year}-${month}`))) return true;
  return [...asciiDigits(words).matchAll(/\d{1,4}([./-])\d{1,2}\1\d{1,4}/g)].some(({ 0: written }) => {
    const parts = written.split(/[./-]/).map(Number);
    const isYear = (part: number): boolean => part === Number(year) || part === Number(year.slice(2));
    return parts.some(isYear) && [month, day].every((part) => parts.includes(Number(part)));
  });
}

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December'.split('|');

/** Whether words have a date in one of its most frequent forms. */
function isWrittenOut(edtf: string, words: string): boolean {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(edtf) ?? [];
  if (year === undefined) return false;
  const name = MONTHS[Number(month) - 1] ?? '';
  const number = String(Number(day));
  const forms = day
    ? [`${number} ${name} ${year}`, `${name} ${number}, ${year}`, edtf]
    : [month ? `${name} ${year}` : year];
  return forms.some(
    (form) =>
      words.includes(form) && new RegExp(`(?<![\\p{L}\\p{N}.,-])${form}(?![\\p{L}\\p{N}]|[.,]\\d)`, 'u').test(words),
  );
}

const PART_OF_YEAR =
  /(?<!\p{L})(?:quarters?|half|Q[1-4]|H[12]|months|квартал\p{L}*|полугоди\p{L}*|분기|季度|四半期)(?!\p{L})/iu;

/** Whether a month may be the first or the last of a part of a stated year: "in the first quarter of 2033". */
const isInPart = (edtf: string, words: string, all: readonly ReadDate[]): boolean =>
  /^\d{4}-\d{2}$/.test(edtf) && PART_OF_YEAR.test(words) && all.some((date) => date.edtf === edtf.slice(0, 4));

const numbersOf = (words: string): ReadonlySet<number> => new Set((asciiDigits(words).match(/\d+/g) ?? []).map(Number));

/** Decimal digits of all scripts as those of ASCII. */
const asciiDigits = (words: string): string =>
  words.replaceAll(/(?![0-9])\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) as number;
    let zero = point;
    while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String(point - zero);
  });

function isEdtf(edtf: string): boolean {
  try {
    spanOf(edtf);
    return true;
  } catch {
    return false;
  }
}

function isReversed(edtf: string): boolean {
  if (!isEdtf(edtf)) return true;
  const { earliest, latest } = spanOf(edtf);
  return earliest !== null && latest !== null && earliest > latest;
}

/** Whether every day of one date is a day of another one. */
function isWithin(inner: string, outer: string): boolean {
  if (!isEdtf(inner)) return false;
  const [one, other] = [spanOf(inner), spanOf(outer)];
  return (
    (other.earliest === null || (one.earliest !== null && one.earliest >= other.earliest)) &&
    (other.latest === null || (one.latest !== null && one.latest <= other.latest))
  );
}
