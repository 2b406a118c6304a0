import { describe, expect, it } from 'vitest';
import { FairStore } from './fairStore.js';

const fill = (store: FairStore, owner: string, count: number, text = 'text'): void => {
  for (let at = 0; at < count; at++) store.set(`${owner}-${at}`, text, owner);
};

describe('a store that clients share', () => {
  it('keeps the texts of other clients if one sets more than there is room for', () => {
    const store = new FairStore({ entries: 10, characters: 10_000 });

    fill(store, 'app', 3);
    fill(store, 'flood', 1000);

    expect([0, 1, 2].map((at) => store.get(`app-${at}`))).toEqual(['text', 'text', 'text']);
    expect([store.get('flood-0'), store.get('flood-999')]).toEqual([undefined, 'text']);
  });

  it('keeps the many short texts of a client if another sets a few long ones', () => {
    const store = new FairStore({ entries: 100, characters: 800 });

    fill(store, 'app', 50, 'short');
    fill(store, 'flood', 50, 'x'.repeat(100));

    expect(Array.from({ length: 50 }, (_, at) => store.get(`app-${at}`)).filter(Boolean)).toHaveLength(50);
  });

  it('keeps within its characters, and takes no text that is an eighth of them', () => {
    const store = new FairStore({ entries: 100, characters: 800 });

    fill(store, 'app', 20, 'x'.repeat(100));
    store.set('long', 'x'.repeat(101), 'app');

    expect(Array.from({ length: 20 }, (_, at) => store.get(`app-${at}`)).filter(Boolean)).toHaveLength(8);
    expect(store.get('long')).toBeUndefined();
  });

  it('evicts what its owner used least recently', () => {
    const store = new FairStore({ entries: 2, characters: 800 });

    store.set('one', '1', 'app');
    store.set('two', '2', 'app');
    store.get('one');
    store.set('three', '3', 'app');

    expect([store.get('one'), store.get('two'), store.get('three')]).toEqual(['1', undefined, '3']);
  });

  it('does not let another client replace a text', () => {
    const store = new FairStore({ entries: 2, characters: 800 });

    store.set('key', 'first', 'app');
    store.set('key', 'second', 'flood');

    expect(store.get('key')).toBe('first');
  });
});
