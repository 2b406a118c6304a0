import { describe, expect, it } from 'vitest';
import { rebased, valueAt, withValue } from './values.js';

describe('a value in a record', () => {
  it('is changed, added and removed at its path, without changing the record', () => {
    const record = { id: 'S1', saidOn: { edtf: '2031' }, speakers: ['duke', 'king'] };

    expect(withValue(record, ['saidOn', 'edtf'], '2032')).toEqual({ ...record, saidOn: { edtf: '2032' } });
    expect(withValue(record, ['speakers', 0], undefined)).toEqual({ ...record, speakers: ['king'] });
    expect(withValue(record, ['attribution', 'relayChain', 0, 'carrier'], 'post')).toEqual({
      ...record,
      attribution: { relayChain: [{ carrier: 'post' }] },
    });
    expect(valueAt(record, ['speakers', 1])).toBe('king');
    expect(valueAt(record, ['venue', 'name'])).toBeUndefined();
  });
});

describe('a record that somebody else changed while it was open', () => {
  it('has the changes of both, and names what both changed', () => {
    const base = { id: 'S1', summary: 'Old.', note: 'Old note.', kind: 'TITLE', venue: 'here' };
    const mine = { id: 'S1', summary: 'Mine.', note: 'Old note.', kind: 'PLAN', venue: 'here' };
    const theirs = { id: 'S1', summary: 'Old.', note: 'Their note.', kind: 'WISH', topics: ['new'] };

    expect(rebased(base, mine, theirs)).toEqual({
      record: { id: 'S1', summary: 'Mine.', note: 'Their note.', kind: 'PLAN', topics: ['new'] },
      both: ['kind'],
    });
  });
});
