import type { StatementLineFragment } from '@dossier/client';
import { describe, expect, it } from 'vitest';
import { layoutNetwork } from './layout.js';
import { type Known, namesOf, strongestTies, tiesOf } from './ties.js';
import { truncateName } from './truncateName.js';

const ids = (...given: string[]) => given.map((id) => ({ id }));

const aStatement = (
  id: string,
  { speakers = [] as string[], to = [] as string[], hands = [] as (string | null)[], status = 'EXPLICIT' },
): StatementLineFragment =>
  ({
    id,
    attribution: {
      status,
      speakers: ids(...speakers),
      speakerIds: ids(...speakers),
      relayChain: hands.map((hand, index) => ({
        position: index + 1,
        carrier: null,
        carrierId: hand ? { id: hand } : null,
      })),
    },
    addressees: [],
    addresseeIds: ids(...to),
  }) as unknown as StatementLineFragment;

const known = (given: Partial<Known>): Known => ({ actors: [], statements: [], figures: [], ...given });
const brief = (given: Partial<Known>) =>
  tiesOf(known(given)).map(({ kind, from, to, shownBy }) => `${from} ${kind} ${to}: ${shownBy.join()}`);

describe('ties', () => {
  it('connect the speaker and each carrier in order, once per pair, with all the statements that show them', () => {
    const statements = [
      aStatement('S1', { speakers: ['a'], to: ['b'], hands: ['c', 'd'] }),
      aStatement('S2', { speakers: ['a'], hands: ['c'] }),
    ];

    expect(brief({ statements })).toEqual(['a relayed c: S1,S2', 'c relayed d: S1', 'a spoke b: S1']);
  });

  it('stop at a carrier whose name is lost', () => {
    expect(brief({ statements: [aStatement('S1', { speakers: ['a'], hands: [null, 'd'] })] })).toEqual([]);
  });

  it('are only likely if no statement with a certain speaker shows them', () => {
    const likely = aStatement('S1', { speakers: ['a'], hands: ['c'], status: 'INHERITED_UNCERTAIN' });
    const certain = aStatement('S2', { speakers: ['a'], hands: ['c'] });

    expect(tiesOf(known({ statements: [likely] }))[0]?.isLikely).toBe(true);
    expect(tiesOf(known({ statements: [likely, certain] }))[0]?.isLikely).toBe(false);
  });

  it('of trade are one tie for both directions', () => {
    const figure = (id: string, reporter: string, partner: string) => ({
      id,
      reporter: null,
      reporterId: { id: reporter },
      partner: null,
      partnerId: { id: partner },
    });
    const figures = [figure('F1', 'a', 'b'), figure('F2', 'b', 'a')] as unknown as Known['figures'];

    expect(brief({ figures })).toEqual(['a traded b: F1,F2']);
  });

  it('include actors whose names could not be loaded', () => {
    expect(namesOf(known({ statements: [aStatement('S1', { to: ['b'] })] })).get('b')).toBeNull();
  });
});

describe('the diagram', () => {
  it('truncates long names', () => {
    expect(truncateName('Rudolf')).toBe('Rudolf');
    expect(truncateName('w'.repeat(400)).length).toBeLessThan(50);
  });

  const ties = tiesOf(known({ statements: [aStatement('S1', { speakers: ['a'], hands: ['b', 'c'] })] }));

  it('is equal for equal ties, with all labels left to right', () => {
    const request = { ties, labels: { a: 'a', b: 'b', c: 'c' } };

    const placed = layoutNetwork(request);

    const x = Object.fromEntries(placed.nodes.map((node) => [node.id, node.x]));
    expect(x['a']).toBeLessThan(x['b'] ?? 0);
    expect(x['b']).toBeLessThan(x['c'] ?? 0);
    expect(layoutNetwork(request)).toEqual(placed);
  });
});

describe('the strongest ties', () => {
  it('are those to the neighbours with the most records, and those between them', () => {
    const ties = tiesOf(
      known({
        statements: [
          aStatement('S1', { speakers: ['a'], to: ['b'] }),
          aStatement('S2', { speakers: ['a'], to: ['b'] }),
          aStatement('S3', { speakers: ['a'], to: ['c'] }),
          aStatement('S4', { speakers: ['b'], to: ['d'] }),
          aStatement('S5', { speakers: ['e'], to: ['a'] }),
          aStatement('S6', { speakers: ['e'], to: ['a'] }),
          aStatement('S7', { speakers: ['b'], to: ['e'] }),
        ],
      }),
    );

    expect(strongestTies(ties, ['a'], 3).map(({ from, to }) => `${from} ${to}`)).toEqual(['a b', 'b e', 'e a']);
  });
});
