import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Kind, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { connectionFields, possibleTypes, valueTypes } from './generated/cache.js';
import * as documents from './generated/graphql.js';
import { operations } from './generated/operations.js';

describe('the generated code', () => {
  it('equals what the current schema and operations generate', () => {
    expect(() =>
      execFileSync(process.execPath, [join(import.meta.dirname, '../codegen.mjs'), '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  });

  it('lists every operation with the exact text that is sent', () => {
    const sent = Object.values(documents)
      .filter((document) => document.definitions[0]?.kind === Kind.OPERATION_DEFINITION)
      .map((document) => print(document));

    expect(operations.map(({ text }) => text).sort()).toEqual(sent.sort());
  });

  it('lists the types without an id as value types, and no type with one', () => {
    expect(valueTypes).toEqual(expect.arrayContaining(['Attribution', 'DateSpan', 'RelayHop', 'TradeSeries']));
    expect(valueTypes.filter((type) => possibleTypes['Node']?.includes(type))).toEqual([]);
    expect(valueTypes.filter((type) => type in connectionFields || /(Connection|Edge|PageInfo)$/.test(type))).toEqual(
      [],
    );
  });
});
