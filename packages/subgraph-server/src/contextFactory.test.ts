import { expect, it } from 'vitest';
import { contextFactory } from './contextFactory.js';
import type { Loaders } from './loaders.js';

it('creates each source on first use, once per request, with shared loaders', () => {
  const made: string[] = [];
  const source = (name: string) => (loaders: Loaders) => {
    made.push(name);
    return { name, loaders };
  };
  const request = contextFactory({ castles: source('castles'), roads: source('roads'), walls: source('walls') });
  const [first, second] = [request(), request()];

  expect(made).toEqual([]);
  expect([first.roads.name, first.castles.name, first.roads]).toEqual(['roads', 'castles', first.roads]);
  expect(made).toEqual(['roads', 'castles']);
  expect(first.castles.loaders).toBe(first.roads.loaders);
  expect(second.roads).not.toBe(first.roads);
  expect(second.roads.loaders).not.toBe(first.roads.loaders);
});
