import { describe, expect, it } from 'vitest';
import { keysAt, nearest } from './nearest.js';
import { SECTIONS } from './records.js';

describe('nearest', () => {
  it.each([
    ['sumary', 'summary'],
    ['relay_chain', 'relayChain'],
    ['SaidOn', 'saidOn'],
    ['attribtuion', 'attribution'],
  ])('finds the name that differs by a slip: %s', (name, meant) => {
    expect(nearest(name, ['id', 'summary', 'relayChain', 'saidOn', 'attribution', 'note'])).toBe(meant);
  });

  it.each(['colour', 'valueOf', 'x'.repeat(100_000)])('finds nothing for another name', (name) => {
    expect(nearest(name, ['value', 'summary', 'note'])).toBeNull();
  });
});

describe('keysAt', () => {
  it('finds the keys of nested objects, of lists, of optional values and of every kind of record', () => {
    expect(keysAt(SECTIONS.statements.statements, [])).toContain('summary');
    expect(keysAt(SECTIONS.statements.statements, ['attribution', 'relayChain', 0])).toContain('carrier');
    expect(keysAt(SECTIONS.statements.statements, ['attribution', 'relayChain', 0, 'relayedOn'])).toContain('edtf');
    expect(keysAt(SECTIONS.sanctions.designations, ['listedOn'])).toContain('edtf');
    expect(keysAt(SECTIONS.actors.actors, [])).toEqual(expect.arrayContaining(['name', 'status', 'type']));
    expect(keysAt(SECTIONS.statements.statements, ['summary'])).toEqual([]);
  });
});
