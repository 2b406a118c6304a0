import { describe, expect, it } from 'vitest';
import type { Entry } from '../resolve.js';
import { GROWTH_TIMEOUT, growth, LINEAR } from '../testing/growth.js';
import { attribution } from './attribution.js';
import type { Check, CheckInput } from './input.js';
import { order } from './order.js';
import { quotations } from './quotations.js';
import { relations } from './relations.js';
import { spans } from './spans.js';

type Records = Record<string, unknown>;
const range = (size: number): number[] => Array.from({ length: size }, (_, index) => index);

const file = { name: 'ruritania-1/any.yaml', folder: 'ruritania-1', stem: 'any', lineOf: () => 1 };
const entryOf = (section: string, record: Records): Entry =>
  ({ id: String(record['id']), parsed: { section, path: [section, 0], file, record } }) as unknown as Entry;
/** Only what the check needs. */
const input = (parts: object): CheckInput => parts as CheckInput;

const statement = (attributed: Records): CheckInput => {
  const actors = { speakers: [], candidates: [], imputedTo: null, imputedBy: null, relayChain: [] };
  return input({
    seeds: { documents: [] },
    entries: [entryOf('statements', { id: 'S01', attribution: { status: 'EXPLICIT', ...actors, ...attributed } })],
  });
};

const withParagraphs = (size: number): CheckInput => {
  const paragraphs = range(size).map((index) => ({ number: index + 1, at: [4 * index, 4 * index + 4] }));
  const passages = paragraphs.map(({ at }) => ({ at, digest: '0000000000000000' }));
  return input({
    texts: new Map(),
    seeds: { documents: [{ id: 'document:ruritania-1', length: 4 * size, paragraphs }] },
    entries: [entryOf('statements', { id: 'S01', passages, origin: { document: 'document:ruritania-1' } })],
  });
};

const withRelations = (size: number): CheckInput => {
  const from = (folder: string, to: string) =>
    range(size).map((index) => ({
      id: `R${index}`,
      type: 'SUPPORTS',
      from: `statement:${folder}/S${index}`,
      to: `statement:${to}/S01`,
    }));
  const others = from('ruritania-2', 'ruritania-1');
  return input({
    entries: from('ruritania-1', 'ruritania-2').map((relation) => entryOf('relations', relation)),
    folders: { sectionOf: () => others, find: () => null },
  });
};

/** Quotations in turn around and inside each other. */
const withQuotations = (size: number): CheckInput => {
  const quotations = range(size).map((index) => {
    const start = 4 * (index - (index % 2));
    return {
      id: `Q${index}`,
      level: 1 + (index % 2),
      speaker: null,
      speakerIsCertain: false,
      statements: [],
      marked: null,
      passages: [{ at: index % 2 === 0 ? [start, start + 8] : [start + 2, start + 6], digest: '0000000000000000' }],
      origin: { document: 'document:ruritania-1' },
    };
  });
  return input({
    seeds: { quotations },
    texts: new Map(),
    unreadable: [],
    entries: quotations.map((quotation) => entryOf('quotations', quotation)),
    folders: { find: () => null },
  });
};

/** Rules of which each is replaced by the next one. */
const withProvisions = (size: number): CheckInput => {
  const provisions = new Map(
    range(size).map((index) => [
      `provision:act-1/${index}`,
      {
        id: `provision:act-1/${index}`,
        instrument: 'instrument:act-1',
        inForceFrom: '1890-01-01',
        deadline: null,
        replacedBy: index + 1 < size ? `provision:act-1/${index + 1}` : null,
      },
    ]),
  );
  return input({
    seeds: { documents: [] },
    entries: [...provisions.values()].map((provision) => entryOf('provisions', provision)),
    folders: {
      find: (section: string, id: string) => (section === 'provisions' ? (provisions.get(id) ?? null) : null),
    },
  });
};

describe('the checks', () => {
  it.each<[of: string, check: Check, size: number, inputOf: (size: number) => CheckInput]>([
    [
      'speakers of a statement',
      attribution,
      20_000,
      (size) =>
        statement({
          speakers: range(size).map((index) => `person:${index}`),
          candidates: range(size).map((index) => `person:${index}`),
        }),
    ],
    [
      'hops of a relay chain',
      attribution,
      20_000,
      (size) =>
        statement({
          speakers: ['a'],
          candidates: ['a'],
          relayChain: range(size).map((index) => ({ carrier: `outlet:${index}` })),
        }),
    ],
    ['paragraphs with a passage in each', spans, 10_000, withParagraphs],
    ['relations with another document', relations, 2000, withRelations],
    ['quotations inside others', quotations, 10_000, withQuotations],
    ['provisions that replace others', order, 5000, withProvisions],
  ])(
    'take linear time for many %s',
    (_, check, size, inputOf) => {
      const inputs = new Map([size, 4 * size].map((each) => [each, inputOf(each)]));

      expect(growth((each) => expect(check(inputs.get(each) as CheckInput)).toEqual([]), size)).toBeLessThan(LINEAR);
    },
    GROWTH_TIMEOUT,
  );
});
