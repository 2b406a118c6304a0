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
  it.each([
    ['above', ['a b', 'b e', 'a e', 'c e', 'd e']],
    ['below', ['b e', 'c e', 'b c', 'd e']],
  ])('has all lines within the picture, also one that bends around the boxes %s', (_side, pairs) => {
    const ties = pairs.map((pair) => {
      const [from = '', to = ''] = pair.split(' ');
      return aTie(`outlet:${from}`, `outlet:${to}`);
    });
    const labels = Object.fromEntries(ties.flatMap(({ from, to }) => [from, to]).map((id) => [id, 'gazette']));

    const { height, width, ties: placed } = layoutNetwork({ ties, labels });

    const points = placed.flatMap(({ path }) =>
      [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const),
    );
    expect(points.length).toBeGreaterThan(ties.length);
    expect(points.filter(([x, y]) => x < 0 || x > width || y < 0 || y > height)).toEqual([]);
  });
});
