import { describe, expect, it } from 'vitest';
import type { Yaml } from '../testing/ruritania.js';
import { problemsAfter } from '../testing/seedFolder.js';

describe('a place', () => {
  const place = (id: string, within: string | null): Yaml => ({
    id,
    name: id,
    within,
    references: [{ title: 'General knowledge' }],
    basis: 'BACKGROUND',
  });
  const refusedPlaces = (places: Yaml[]): string[] => problemsAfter({ 'register/actors': { places } });
  const WITHIN_ITSELF = 'a place within itself; expected a chain that ends at a place without "within".';

  it('may lie within a place that lies within another', () => {
    expect(refusedPlaces([place('a', 'b'), place('b', 'c'), place('c', null)])).toEqual([]);
  });

  it('is rejected if it lies within itself, directly or through others, but not if it only leads into a cycle', () => {
    expect(refusedPlaces([place('a', 'a')])).toEqual([
      `register/actors.yaml places[0].within: ${WITHIN_ITSELF} | within: a`,
    ]);
    expect(refusedPlaces([place('a', 'b'), place('b', 'c'), place('c', 'b')])).toEqual([
      `register/actors.yaml places[1].within: ${WITHIN_ITSELF} | within: c`,
      `register/actors.yaml places[2].within: ${WITHIN_ITSELF} | within: b`,
    ]);
  });

  it('is rejected if it lies within more than a hundred others', () => {
    const chain = Array.from({ length: 102 }, (_, index) => place(`p${index}`, index === 0 ? null : `p${index - 1}`));

    expect(refusedPlaces(chain)).toEqual([
      'register/actors.yaml places[101].within: a place within more than 100 others; expected fewer. | within: p100',
    ]);
  });
});
