import { describe, expect, it } from 'vitest';
import { chosenFilters, filterOf } from './filter.js';

describe('the filter in an address', () => {
  it('has every parameter that restricts the list', () => {
    expect(
      filterOf({
        words: 'ferry',
        status: 'IMPUTED,MISSING',
        topic: 'ferries',
        speaker: 'person:duke-orsin',
        carrier: 'outlet:gazette',
        document: 'document:zenda-1',
        kind: 'PLAN',
        modality: 'PLANNED',
        relation: 'CONTRADICTS',
        sanctions: 'POSSIBLE_BREACH',
        confidence: 'HIGH',
        from: '2031-01-01',
        until: '2031-12-31',
        statement: 'statement:zenda-1/S1',
      }),
    ).toEqual({
      search: 'ferry',
      attribution: ['IMPUTED', 'MISSING'],
      topic: ['ferries'],
      speaker: 'person:duke-orsin',
      carrier: 'outlet:gazette',
      document: 'document:zenda-1',
      kind: ['PLAN'],
      modality: ['PLANNED'],
      statementRelation: ['CONTRADICTS'],
      provisionRelation: ['POSSIBLE_BREACH'],
      confidence: ['HIGH'],
      from: '2031-01-01',
      until: '2031-12-31',
    });
  });

  it('ignores what cannot be valid, so that the list is not refused', () => {
    expect(filterOf({ status: 'nonsense', from: '2031-99-99', until: 'soon' })).toBeNull();
    expect(filterOf({ from: '2031-12-31', until: '2031-01-01' })).toEqual({ from: '2031-12-31' });
    expect(filterOf({ status: 'NOPE', kind: 'HIGH', confidence: 'HIGH,NOPE' })).toEqual({ confidence: ['HIGH'] });
  });

  it('is shown with readable values, each of which can be removed', () => {
    expect(chosenFilters({ speaker: 'person:duke-orsin', words: 'ferry' }, null)).toEqual([
      { param: 'words', name: 'Words in the summary or passage', value: 'ferry' },
      { param: 'speaker', name: 'Speaker', value: 'duke-orsin' },
    ]);
    expect(chosenFilters({ status: 'IMPUTED,NOPE,MISSING', kind: 'NOPE' }, null)).toEqual([
      { param: 'status', name: 'How sure it is who spoke', value: 'Imputed, Source missing' },
    ]);
  });
});
