import { expect, it } from 'vitest';
import { compareResponses } from './compareResponses.mjs';

const answer = (data: unknown) => JSON.stringify({ data });
const pair = (here: string, there: string) => ({ this: here, other: there });
const ruritania = answer({ actor: { id: 'polity:ruritania', name: 'Ruritania' } });

it('reports the same bytes', () => {
  expect(compareResponses([pair(ruritania, ruritania)])).toEqual({ is: 'same bytes' });
});

it('ignores white space and the order of fields', () => {
  const other = '{ "data": { "actor": { "name": "Ruritania", "id": "polity:ruritania" } } }';

  expect(compareResponses([pair(ruritania, ruritania), pair(ruritania, other)])).toEqual({ is: 'same data' });
});

it('names the first field that differs', () => {
  const list = (...names: string[]) => answer({ actors: names.map((name) => ({ name })) });

  expect(compareResponses([pair(list('a', 'b'), list('a', 'c'))])).toEqual({
    is: 'different',
    at: 'data.actors[1].name',
  });
  expect(compareResponses([pair(list('a', 'b'), list('a'))])).toEqual({ is: 'different', at: 'data.actors[1]' });
  expect(compareResponses([pair(ruritania, answer({ actor: null }))])).toEqual({ is: 'different', at: 'data.actor' });
});

it('distinguishes null from a missing field', () => {
  expect(compareResponses([pair(answer({ a: 1, actor: null }), answer({ a: 1 }))])).toEqual({
    is: 'different',
    at: 'data.actor',
  });
});

it('reports a difference that is followed by equal responses', () => {
  expect(compareResponses([pair(answer({ a: 1 }), answer({ a: 2 })), pair(ruritania, ruritania)]).is).toBe('different');
});

it('reports the build that responds with errors, or not with JSON', () => {
  const failed = '{"errors":[{"message":"no such field"}],"data":null}';

  expect(compareResponses([pair(ruritania, ruritania), pair(ruritania, failed)])).toEqual({
    is: 'failed',
    build: 'other',
    text: failed,
  });
  expect(compareResponses([pair('Bad Gateway', ruritania)])).toEqual({
    is: 'failed',
    build: 'this',
    text: 'Bad Gateway',
  });
});
