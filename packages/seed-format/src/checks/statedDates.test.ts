import { CodePointText } from '@dossier/domain/facts';
import { describe, expect, it } from 'vitest';
import type { CheckInput } from './input.js';
import { statedDates } from './statedDates.js';

const DOCUMENT = 'document:ruritania-1';
const FILE = { name: 'ruritania-1/any.yaml', folder: 'ruritania-1', stem: 'any', lineOf: () => 1 };

/** What is reported of a record that cites the last sentence of a text, which is the last part of the last paragraph. */
function problemsOf(
  text: string,
  edtf: string,
  { basis = 'STATED', publishedOn = '1901-05-03', section = 'events', note = null as string | null } = {},
): string[] {
  const mounted = new CodePointText(text);
  let start = 0;
  const paragraphs = text.split('\n').map((words, index) => {
    const at = [start, start + [...words].length] as const;
    start = at[1] + 1;
    return { number: index + 1, at, digest: '0000000000000000' };
  });
  const document = { id: DOCUMENT, publishedOn: { edtf: publishedOn, basis: 'BACKGROUND', note: null }, paragraphs };
  const date = { edtf, basis, note };
  const record = {
    id: 'event:ruritania-1/E01',
    origin: { document: DOCUMENT },
    passages: [{ at: [[...text].lastIndexOf('|') + 1, mounted.length], digest: '0000000000000000' }],
    ...(section === 'statements' ? { saidOn: date, attribution: { relayChain: [] } } : { date }),
  };
  const input = {
    seeds: { documents: [document] },
    entries: [{ id: record.id, parsed: { section, file: FILE, path: [section, 0], record } }],
    texts: new Map([[DOCUMENT, { availability: 'VERIFIED', text: mounted }]]),
  };
  return statedDates(input as unknown as CheckInput).map(({ message }) => message);
}

describe('a date of the basis STATED', () => {
  it.each([
    ['The fair was on 12 April 1901.', '1901-04-12'],
    ['The fair was on April 12, 1901.', '1901-04-12'],
    ['The fair was on the twelfth of April, 1901.', '1901-04-12'],
    ['The fair was on 12 April in the town.', '1901-04-12'],
    ['The fair was on 11 and 12 April 1901.', '1901-04-11'],
    ['The fair was from 11 to 12 April 1901.', '1901-04-11/1901-04-12'],
    ['The fair was in the town on 12/4/1901.', '1901-04-12'],
    ['The fair will be in July in the town.', '1901-07'],
    ['The fair was in the first quarter of 1901 in the town.', '1901-01/1901-03'],
    ['The fair was from January to March 1901 in the town.', '1901-01/1901-03'],
    ['The fair was in the year 1899 and the town.', '1899'],
    ['The fair of 1899-1900 was in the town.', '1899/1900'],
    ['The fair was two days ago in the town.', '1901-05-01'],
    ['The fair was yesterday in the town.', '1901-05-02'],
    ['The fair was in the 1890s in the town.', '189X'],
    ['Ярмарка была 12 апреля 1901 года.', '1901-04-12'],
    ['장터는 1901년 4월 12일에 열렸다.', '1901-04-12'],
    ['Der Markt war am 12. April 1901 und die Messe auch.', '1901-04-12'],
    ['السوق في عام ١٨٩٩', '1899'],
  ])('is one that the words state: %s', (text, edtf) => {
    expect(problemsOf(text, edtf)).toEqual([]);
  });

  it.each([
    ['The fair was on 12 April 1901.', '1901-04-13', '1901-04-12'],
    ['The fair was on 12 April 1901.', '1901-05-12', '1901-04-12'],
    ['The fair was in April 1901 in the town.', '1901-04-12', '1901-04'],
    ['The fair was two days ago in the town.', '1901-05-02', '1901-05-01'],
    ['The fair was in the year 1899 and the town.', '1898', '1899'],
    ['The fair was in the year 1901 and the town.', '1901-01/1901-03', '1901'],
    ['The fair was on 12 April in the town.', '1894-04-12', '1901-04-12'],
    ['Ярмарка была 12 апреля 1901 года.', '1901-04-13', '1901-04-12'],
  ])('is rejected if the words state another one: %s', (text, edtf, found) => {
    expect(problemsOf(text, edtf)).toEqual([
      `${edtf} with the basis STATED is not a date of its passages (found: ${found}); expected a date that the words state, or another basis with a note.`,
    ]);
    expect(problemsOf(text, edtf, { basis: 'INFERRED' })).toEqual([]);
  });

  it('is in the passages of an event, and in the paragraph of the passages of a work', () => {
    const text = 'The fair of 12 April 1901 was in the town.| The count was there.';

    expect(problemsOf(text, '1901-04-12')).toHaveLength(1);
    expect(problemsOf(text, '1901-04-12', { section: 'works' })).toEqual([]);
    expect(problemsOf(text, '1901-04-13', { section: 'works' })).toEqual([
      '1901-04-13 with the basis STATED is not a date of the paragraphs of its passages (found: 1901-04-12); expected a date that the words state, or another basis with a note.',
    ]);
  });

  it('is rejected without its year in a language whose dates are not understood', () => {
    expect(problemsOf('Der Markt war 1899 und die Messe auch.', '1894')).toHaveLength(1);
    expect(problemsOf('Der Markt war 1899 und die Messe auch.', '1899')).toEqual([]);
  });

  it('may be anywhere in the text for a statement, and with a note', () => {
    const text = 'The news is of 12 April 1901.\n|The fair was in the town.';

    expect(problemsOf(text, '1901-04-12')).toHaveLength(1);
    expect(problemsOf(text, '1901-04-12', { note: 'The day of the news.' })).toEqual([]);
    expect(problemsOf(text, '1901-04-12', { section: 'statements' })).toEqual([]);
    expect(problemsOf(text, '1901-04-13', { section: 'statements' })).toHaveLength(1);
  });
});
