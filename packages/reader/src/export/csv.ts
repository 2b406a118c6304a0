import { escapeInvisible } from '../parts/escapeInvisible.js';

export type Cell = string | number | boolean | null | undefined;

/** One column: its name in the header, and the value in each row. */
export type Columns<TRow> = Readonly<Record<string, (row: TRow) => Cell>>;

const NUMBER = /^-?\d+(\.\d+)?$/;
/** Spreadsheets run a cell that begins so as a formula, some of them also after white space, and also for the wide forms of the signs. */
const FORMULA = /^\s*[=+\-@\t|＝＋－＠]/;
/** The same after what separates cells in a spreadsheet of another language, which then does not see the quotation marks. */
const FORMULA_WITHIN = /([;\t\r\n]\s*)(?=[=+\-@|＝＋－＠])/g;

/**
 * A cell as text. One that a spreadsheet would run as a formula begins with an apostrophe, unless it is a number, and so does a part of it;
 * invisible characters that reorder or hide text are replaced by their codes, as on the page.
 */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  const text = escapeInvisible(String(value));
  const guarded = text.replace(FORMULA_WITHIN, "$1'");
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${guarded}` : guarded;
  return /[",;\t\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV (RFC 4180), line by line, with a byte order mark, without which spreadsheets do not read UTF-8. */
export function* csvLines<TRow>(columns: Columns<TRow>, rows: readonly TRow[]): Generator<string> {
  const lineOf = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;
  yield `\uFEFF${lineOf(Object.keys(columns))}`;
  const cellsOf = Object.values(columns);
  for (const row of rows) yield lineOf(cellsOf.map((cellOf) => cellOf(row)));
}

/** Several values in one cell. */
export const list = (values: readonly (string | null | undefined)[]): string =>
  values.filter((value) => value !== null && value !== undefined).join('; ');

/** The passages that a record rests on. */
export const citationIds = (citations: readonly { id: string }[] = []): string => list(citations.map(({ id }) => id));

/** The sources of a record that are no documents of the graph. */
export const referenceTexts = (references: readonly { title: string; url: string | null }[] = []): string =>
  list(references.map(({ title, url }) => (url ? `${title} <${url}>` : title)));
