import { readFileSync } from 'node:fs';
import { supergraphFile } from '@dossier/gateway';
import { breakingChanges, composeSupergraph } from '@dossier/tools';
import { parse, print, visit } from 'graphql';
import { expect, it } from 'vitest';

const composed = composeSupergraph();

it('the four subgraphs compose without errors or hints', () => {
  expect(composed).toMatchObject({ errors: null, hints: [] });
});

it('the committed supergraph equals the composed one', () => {
  expect(composed.sdl).toBe(readFileSync(supergraphFile, 'utf8'));
});

it('a removed field is reported as a breaking change', () => {
  // Without descriptions, so that a field is one line.
  const before = print(
    visit(parse(readFileSync(supergraphFile, 'utf8')), { FieldDefinition: ({ description: _, ...field }) => field }),
  );
  const after = before.replace(/^ {2}sha256: .*$/m, '');
  expect(after).not.toBe(before);
  expect(breakingChanges(before, after).map(({ description }) => description)).toEqual([
    expect.stringContaining('Document.sha256'),
  ]);
  expect(breakingChanges(before, before)).toEqual([]);
});
