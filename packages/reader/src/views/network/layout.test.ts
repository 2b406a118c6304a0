import { describe, expect, it } from 'vitest';
import { layoutNetwork } from './layout.js';
import type { Tie } from './ties.js';

const aTie = (from: string, to: string): Tie => ({
  key: `relayed ${from} ${to}`,
  kind: 'relayed',
  from,
  to,
  shownBy: ['statement:gazette-7/S1'],
  isLikely: false,
});

describe('the layout of the network', () => {
  it('has all lines within the picture, also those that bend around boxes', () => {
    const speakers = Array.from({ length: 9 }, (_, index) => `person:speaker-${index}`);
    const ties = [
      ...speakers.map((id) => aTie(id, 'outlet:gazette')),
      aTie('person:guest', 'outlet:studio'),
      aTie('outlet:studio', 'outlet:gazette'),
      aTie('person:guest', 'outlet:gazette'),
      aTie('outlet:gazette', 'outlet:digest'),
    ];
    const labels = Object.fromEntries(ties.flatMap(({ from, to }) => [from, to]).map((id) => [id, id]));

    const { height, width, ties: placed } = layoutNetwork({ ties, labels });

    const points = placed.flatMap(({ path }) =>
      [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const),
    );
    expect(points.length).toBeGreaterThan(ties.length);
    expect(points.filter(([x, y]) => x < 0 || x > width || y < 0 || y > height)).toEqual([]);
  });
});
