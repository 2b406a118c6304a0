import { RemoteDb } from '@dossier/store';
import { describe, expect, it } from 'vitest';
import { mergedIds } from './mergedIds.js';

/** The merged ids of a store with these rows. */
function storeWith(merges: [id: string, sameAs: string][]) {
  return mergedIds(Object.assign(Object.create(RemoteDb.prototype), { rowsReadAtOpen: () => merges }));
}

describe('merged ids', () => {
  const { survivorOf, inFilter } = storeWith([['person:rupert', 'person:count-rupert']]);

  it('are replaced, and others are not', () => {
    expect(survivorOf('person:rupert')).toBe('person:count-rupert');
    expect(survivorOf('person:flavia')).toBe('person:flavia');
    expect(survivorOf(null)).toBeNull();
    expect(survivorOf(undefined)).toBeUndefined();
  });

  it('are replaced in the named fields of a filter only', () => {
    const filter: { speaker?: string | null; search?: string } = { speaker: 'person:rupert', search: 'person:rupert' };

    expect(inFilter(filter, 'speaker')).toEqual({ speaker: 'person:count-rupert', search: 'person:rupert' });
    expect(inFilter<typeof filter>(null, 'speaker')).toEqual({});
    expect(storeWith([]).inFilter(filter, 'speaker')).toBe(filter);
  });
});
