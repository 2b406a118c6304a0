import { describe, expect, it } from 'vitest';
import { type Columns, csvCell, csvLines } from './csv.js';

const toCsv = <TRow>(columns: Columns<TRow>, rows: readonly TRow[]): string => [...csvLines(columns, rows)].join('');

describe('CSV', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-cmd', "'-cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', `"'\t'=1"`],
    [' =1', "' =1"],
    ['|calc', "'|calc"],
    ['＝1+1', "'＝1+1"],
    ['a;=1', `"a;'=1"`],
    ['a; @SUM(A1)', `"a; '@SUM(A1)"`],
    ['a\n=1', `"a\n'=1"`],
    ['a\t+1', `"a\t'+1"`],
  ])('has no cell that a spreadsheet runs as a formula: %j', (text, shown) => {
    expect(csvCell(text)).toBe(shown);
  });

  it.each(['-5', '12.75', '-0.5'])('keeps numbers: %s', (number) => {
    expect(csvCell(number)).toBe(number);
  });

  it('quotes quotation marks, commas and line breaks', () => {
    expect(csvCell('a "b", c\nd')).toBe('"a ""b"", c\nd"');
    expect(csvCell('plain')).toBe('plain');
  });

  it('keeps text in other scripts, and shows characters that reorder it', () => {
    expect(csvCell('مرحبا')).toBe('مرحبا');
    expect(csvCell('a\u202Eb')).toBe('a⟨U+202E⟩b');
  });

  it('begins with a byte order mark and a header, and ends each line by CR LF; null is empty', () => {
    const columns = { id: (row: { id: string; n: number | null }) => row.id, n: (row: { n: number | null }) => row.n };

    expect(toCsv(columns, [{ id: 'a', n: null }])).toBe('\uFEFFid,n\r\na,\r\n');
    expect(toCsv(columns, [])).toBe('\uFEFFid,n\r\n');
  });
});
