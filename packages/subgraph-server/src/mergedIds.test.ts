import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { describe, expect, it } from 'vitest';
import { mergedIds } from './mergedIds.js';

function storeWith(merges: [string, string][]) {
  const db = drizzle({ client: new Database(':memory:') });
  db.$client.exec('create table merged_id (id text primary key, same_as text not null)');
  for (const merge of merges) db.$client.prepare('insert into merged_id values (?, ?)').run(...merge);
  return mergedIds(db);
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
