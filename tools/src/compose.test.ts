import { committedSupergraph } from '@dossier/gateway';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { breakingChanges, composeSupergraph } from './compose.js';

it('prints the committed supergraph, and the same every time', () => {
  const { sdl } = composeSupergraph();

  expect(composeSupergraph().sdl).toBe(sdl);
  expect(committedSupergraph()).toBe(sdl);
});

it('reports why services do not compose', () => {
  const { sdl, errors } = composeSupergraph({ trade: [parse('type Query { ruritania: Nowhere }')] });

  expect(sdl).toBeNull();
  expect(errors?.join('\n')).toContain('[trade] Unknown type Nowhere');
});

it('reports a removed field, and not an added one', () => {
  const { sdl } = composeSupergraph();
  const before = sdl ?? '';
  const after = before.replace('  places(', '  placesOfNow(');

  const changes = breakingChanges(before, after);

  expect(changes.map(({ description }) => description)).toEqual(['Query.places was removed.']);
});
