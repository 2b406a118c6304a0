import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { catalogue as ofGateway } from '@dossier/gateway';
import { catalogue as everywhere } from '@dossier/http-server';
import { expect, it } from 'vitest';

const FOLDERS = ['packages', 'services', 'gateway'];
const known = [everywhere, ofGateway].flatMap((catalogue) => Object.keys(catalogue));

/** Codes of Apollo Server, which are passed on unchanged. */
const APOLLOS = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'INTERNAL_SERVER_ERROR',
  'OPERATION_RESOLUTION_FAILURE',
];

/** All sources that produce responses, except the catalogues and what runs in a browser. */
function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && !['node_modules', 'dist', 'client', 'page', 'migrations'].includes(entry.name))
      yield* sources(join(folder, entry.name));
    else if (/(?<!\.test)\.ts$/.test(entry.name) && !/catalogue\.ts$/.test(entry.name))
      yield readFileSync(join(folder, entry.name), 'utf8');
  }
}

const texts = FOLDERS.flatMap((folder) => [...sources(join(workspaceRoot(), folder))]);

it('every code in the source has a catalogue entry', () => {
  const sent = texts.flatMap((text) =>
    [...text.matchAll(/\bcode: '([A-Z][A-Z_]+)'|(?:HttpError|GraphQLRequestError)\(\s*'([A-Z_]+)'/g)].map(
      ([, property, argument]) => property ?? argument,
    ),
  );

  expect(sent.length).toBeGreaterThan(5);
  expect([...new Set(sent)].filter((code) => !known.includes(code ?? ''))).toEqual([]);
});

it('every code of the catalogues is used in the source', () => {
  const unsent = known.filter((code) => !APOLLOS.includes(code) && !texts.some((text) => text.includes(`'${code}'`)));

  expect(unsent).toEqual([]);
});

it('every code is documented with its status in docs/errors.md', () => {
  const page = readFileSync(join(workspaceRoot(), 'docs/errors.md'), 'utf8');

  for (const code of known) expect(page).toMatch(new RegExp(`^\\| \`${code}\` \\| \\d{3} \\| .+ \\| .+ \\|$`, 'm'));
});
