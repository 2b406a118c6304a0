import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { isEnumType, Kind, parse, print, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { blocksOf, pages, proseOf } from './pages.js';

const root = workspaceRoot();
const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));

/** The anchor that a heading has where pages are shown. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
const anchorsOf = (text: string): string[] =>
  [...proseOf(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

const linksOf = (text: string): string[] =>
  [...proseOf(text).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = '']) => target);

function brokenLinks(file: string, text: string): string[] {
  return linksOf(text).filter((target) => {
    const [path = '', anchor] = target.split('#');
    const aim = path === '' ? file : normalize(join(dirname(file), path));
    if (!existsSync(join(root, aim))) return true;
    return (
      anchor !== undefined && aim.endsWith('.md') && !anchorsOf(readFileSync(join(root, aim), 'utf8')).includes(anchor)
    );
  });
}

const scriptsOf = (folder: string): string[] =>
  Object.keys(
    (JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { scripts?: object }).scripts ?? {},
  );

/** Commands of npm that name a script which is not there. */
function unknownCommands(text: string): string[] {
  return [...text.matchAll(/npm run ([\w:-]+)((?: -w [\w/-]+)?)/g)]
    .filter(([, script = '', workspace = '']) => {
      const folder = workspace.replace(' -w ', '');
      return !existsSync(join(root, folder, 'package.json')) || !scriptsOf(folder).includes(script);
    })
    .map(([command]) => command);
}

const capitals = (text: string): string[] =>
  [...text.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`/g)].map(([, name = '']) => name);
const page = (file: string): string => pages.find((known) => known.file === file)?.text ?? '';
const NAMES = new Set([
  ...capitals(page('docs/configuration.md')),
  ...capitals(page('docs/errors.md')),
  ...Object.values(apiSchema.getTypeMap()).flatMap((type) =>
    isEnumType(type) ? type.getValues().map(({ name }) => name) : [],
  ),
  // Of tests, of benchmarks, of the reader's development server, and of OpenTelemetry itself.
  ...[
    'INVENTORY_FILE',
    'FUZZ_RUNS',
    'DIFFERENTIAL_RUNS',
    'GRAPH_URL',
    'OTEL_TRACES_SAMPLER',
    'OTEL_TRACES_SAMPLER_ARG',
    'OTEL_EXPORTER_OTLP_HEADERS',
  ],
]);

describe('the documentation', () => {
  it('is found by this test', () => {
    expect(pages.length).toBeGreaterThan(25);
    expect(pages.flatMap(({ text }) => linksOf(text)).length).toBeGreaterThan(20);
  });

  it.each(pages)('links only to existing targets in $file', ({ file, text }) => {
    expect(brokenLinks(file, text)).toEqual([]);
  });

  it.each(pages)('names only existing commands in $file', ({ text }) => {
    expect(unknownCommands(text)).toEqual([]);
  });

  it.each(pages)('names only existing settings, codes and values in $file', ({ text }) => {
    expect(capitals(proseOf(text)).filter((name) => !NAMES.has(name))).toEqual([]);
  });

  it('is reported if it names something that does not exist', () => {
    expect(
      brokenLinks(
        'docs/first-query.md',
        '[a](nothing.md) [b](pages-ids-nulls.md#nothing) [c](pages-ids-nulls.md#nulls)',
      ),
    ).toEqual(['nothing.md', 'pages-ids-nulls.md#nothing']);
    expect(
      unknownCommands('`npm run nothing`, `npm run codegen -w packages/nothing`, `npm run codegen -w packages/client`'),
    ).toEqual(['npm run nothing', 'npm run codegen -w packages/nothing']);
    expect(capitals('`NO_SETTING=1`').filter((name) => !NAMES.has(name))).toEqual(['NO_SETTING']);
  });
});

const graphqlOf = (text: string): string[] =>
  blocksOf(text)
    .filter(({ language }) => language === 'graphql')
    .map(({ code }) => code);

/** The queries of a page, each with the fragments that stand elsewhere on it. */
function queriesOf(text: string): string[] {
  const documents = graphqlOf(text).map((code) => ({ code, definitions: parse(code).definitions }));
  const fragments = documents.flatMap(({ definitions }) =>
    definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION),
  );
  const withFragments = (code: string): string => {
    const missing = fragments.find(
      ({ name }) =>
        new RegExp(`\\.\\.\\.\\s*${name.value}\\b`).test(code) && !new RegExp(`fragment ${name.value} on`).test(code),
    );
    return missing ? withFragments(`${code}\n${print(missing)}`) : code;
  };
  return documents
    .filter(({ definitions }) => definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION))
    .map(({ code }) => withFragments(code));
}

const queries = pages.flatMap(({ file, text }) =>
  queriesOf(text).map((code, index) => ({ name: `${file}, query ${index + 1}`, code })),
);
/** Requests by curl, with the answer that stands under some. */
const requests = pages.flatMap(({ file, text }) =>
  [...text.matchAll(/-d '(\{[\s\S]*?\})'\n```(?:\n\n```json\n([\s\S]*?)^```)?/gm)].map(
    ([, body = '', answer], index) => ({
      name: `${file}, request ${index + 1}`,
      body: JSON.parse(body.replaceAll(/\s*\n\s*/g, ' ')) as { query: string; variables?: Record<string, unknown> },
      answer,
    }),
  ),
);

describe('the example operation', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());

  it.each(queries)('$name is valid and runs without errors', async ({ code }) => {
    expect(validate(apiSchema, parse(code)).map(({ message }) => message)).toEqual([]);

    expect((await graph.query(code)).errors).toBeUndefined();
  });

  it.each(requests)('$name has the documented response', async ({ body: { query, variables }, answer }) => {
    const { data, errors } = await graph.query(query, variables);

    expect(errors).toBeUndefined();
    if (answer !== undefined) expect({ data }).toEqual(JSON.parse(answer));
  });
});
