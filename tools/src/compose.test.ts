import { committedSupergraph } from '@dossier/gateway';
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { breakingChanges, composeSupergraph } from './compose.js';

it('prints what is committed, whenever it composes', () => {
  const { sdl } = composeSupergraph();

  expect(composeSupergraph().sdl).toBe(sdl);
  expect(committedSupergraph()).toBe(sdl);
});

it('says why services do not compose', () => {
  const { sdl, errors } = composeSupergraph({ trade: [parse('type Query { ruritania: Nowhere }')] });

  expect(sdl).toBeNull();
  expect(errors?.join('\n')).toContain('[trade] Unknown type Nowhere');
});

it('names a field that a saved query may miss, and not one that is new', () => {
  const { sdl } = composeSupergraph();
  const before = sdl ?? '';
  const after = before.replace('  places(', '  placesOfNow(');

  const changes = breakingChanges(before, after);

  expect(changes.map(({ description }) => description)).toEqual(['Query.places was removed.']);
});
