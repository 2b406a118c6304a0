import { describe, expect, it } from 'vitest';
import { unite } from './additions.js';

const KNOWN = [{ title: 'Made up', locator: null, url: null }];
const alias = (text: string, basis = 'DOCUMENT') => ({
  text,
  lang: 'en',
  inDocument: basis === 'DOCUMENT',
  caution: null,
  basis,
  references: basis === 'DOCUMENT' ? [] : KNOWN,
});
const nothing = { description: null, note: null, aliases: [], identifiers: [], affiliations: [] };
const textsOf = ({ aliases }: { aliases: { text: string }[] }) => aliases.map(({ text }) => text);

describe('a record and its additions', () => {
  it('have the aliases of the documents first, in order, and then those of the record', () => {
    const record = { ...nothing, aliases: [alias('Rupert V', 'BACKGROUND')] };

    expect(
      textsOf(
        unite(record, [
          { ...nothing, aliases: [alias('the count')] },
          { ...nothing, aliases: [alias('Rupert')] },
        ]),
      ),
    ).toEqual(['the count', 'Rupert', 'Rupert V']);
  });

  it('have an equal alias once, and the one that a document states', () => {
    const background = { ...nothing, aliases: [alias('Rupert', 'BACKGROUND'), alias('the count', 'BACKGROUND')] };
    const { aliases } = unite(nothing, [background, { ...nothing, aliases: [alias('Rupert')] }]);

    expect(aliases).toEqual([alias('Rupert'), alias('the count', 'BACKGROUND')]);
  });

  it('have an alias of two languages twice', () => {
    const { aliases } = unite({ ...nothing, aliases: [alias('Rupert'), { ...alias('Rupert'), lang: 'de' }] }, []);

    expect(aliases).toHaveLength(2);
  });

  it('have the description of the record, or else the first one, and all notes', () => {
    const first = { ...nothing, description: 'a count', note: 'Named once.' };
    const second = { ...nothing, description: 'a villain', note: 'Named twice.' };

    expect(unite({ ...nothing, note: 'From a novel.' }, [first, second])).toMatchObject({
      description: 'a count',
      note: 'From a novel. Named once. Named twice.',
    });
    expect(unite({ ...nothing, description: 'a person' }, [first]).description).toBe('a person');
    expect(unite(nothing, [nothing])).toEqual(nothing);
  });
});
