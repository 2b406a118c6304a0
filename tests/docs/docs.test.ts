import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ERROR_STATUS } from '@dossier/annotate';
import { workspaceRoot } from '@dossier/config';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { isEnumType, Kind, parse, print, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';
import { facts, numbersOf } from './facts.js';
import { blocksOf, inlineCodeOf, isInRepository, pages, pageText, pathsOf, proseOf } from './pages.js';

const root = workspaceRoot();
const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));

/** The anchor of a heading on a rendered page. */
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
    const linked = path === '' ? file : normalize(join(dirname(file), path));
    if (!existsSync(join(root, linked))) return true;
    if (anchor === undefined || !linked.endsWith('.md')) return false;
    return !anchorsOf(readFileSync(join(root, linked), 'utf8')).includes(anchor);
  });
}

const scriptsOf = (folder: string): string[] =>
  Object.keys(
    (JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { scripts?: object }).scripts ?? {},
  );

/** `npm run` commands whose script does not exist. */
function unknownCommands(text: string): string[] {
  return [...text.matchAll(/npm run (?:-s )?([\w:-]+)((?: -w [\w/-]+)?)/g)]
    .filter(([, script = '', workspace = '']) => {
      const folder = workspace.replace(' -w ', '');
      return !existsSync(join(root, folder, 'package.json')) || !scriptsOf(folder).includes(script);
    })
    .map(([command]) => command);
}

/** Words in capitals in inline code, such as settings, error codes and enum values: those of `basis: [DOCUMENT]` and `LANDING=none`. */
const capitalsIn = (text: string): string[] =>
  inlineCodeOf(text).flatMap((code) =>
    [...code.matchAll(/(?<![\w$./#-])[A-Z]{2}[A-Z0-9_]+(?![\w./-])/g)].map(([name]) => name),
  );

/** Settings and error codes, from the first column of the tables of their references. */
const namesInTables = (file: string): string[] =>
  [...pageText(file).matchAll(/^\| `([A-Z][A-Z0-9_]+)`/gm)].map(([, name = '']) => name);

/** The default of a gateway's setting, from the reference. */
const defaultOf = (setting: string): string | undefined =>
  new RegExp(`^\\| \`${setting}\` \\| \`([^\`]*)\``, 'm').exec(pageText('docs/configuration.md'))?.[1];

const SCHEMA_NAMES = Object.values(apiSchema.getTypeMap()).flatMap((type) =>
  isEnumType(type) ? type.getValues().map(({ name }) => name) : [type.name],
);

/** Names in capitals that neither the settings, nor the error codes, nor the schema define. */
const OTHER_NAMES = {
  http: ['GET', 'HEAD', 'POST'],
  signals: ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'],
  configuration: ['CONFIG_FILE'],
  tests: ['CHROMIUM', 'CITUS_URL', 'DIFFERENTIAL_RUNS', 'FUZZ_RUNS', 'INVENTORY_FILE', 'SOAK'],
  // The reader's development server, the container image.
  builds: ['GRAPH_URL', 'SERVICE'],
  openTelemetry: ['OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG', 'OTEL_EXPORTER_OTLP_HEADERS'],
  // The scope of `@cacheControl`.
  directives: ['PRIVATE'],
  // Codes of other subgraphs, by convention.
  subgraphs: ['UNAUTHENTICATED', 'FORBIDDEN'],
  annotate: Object.keys(ERROR_STATUS),
  // What `seeds accept --create` makes besides the kinds of actors.
  proposals: ['PLACE'],
  // Variables that would switch off protections of Apollo's planner.
  planner: ['APOLLO_DISABLE_SECURITY_RECURSIVE_SELECTIONS_CHECK'],
};

const KNOWN_NAMES = new Set([
  ...namesInTables('docs/configuration.md'),
  ...namesInTables('docs/errors.md'),
  ...SCHEMA_NAMES,
  ...Object.values(OTHER_NAMES).flat(),
]);
/** `MAX_` stands for all names that start like this. */
const isKnown = (name: string): boolean =>
  name.endsWith('_') ? [...KNOWN_NAMES].some((known) => known.startsWith(name)) : KNOWN_NAMES.has(name);
const unknownNames = (text: string): string[] => capitalsIn(text).filter((name) => !isKnown(name));

/** Pages about the present. The changelog, and records that were superseded, also name what no longer exists. */
const currentPages = pages.filter(
  ({ file, text }) => file !== 'CHANGELOG.md' && !/^\*\*Status\.\*\* Superseded/m.test(text),
);

describe('documentation', () => {
  it('includes the guides, the decisions and the READMEs of services and packages', () => {
    const files = pages.map(({ file }) => file);

    expect(files).toEqual(
      expect.arrayContaining([
        'README.md',
        'docs/operating.md',
        'docs/decisions/README.md',
        'services/actors/README.md',
        'packages/client/README.md',
      ]),
    );
    expect(pages.flatMap(({ text }) => linksOf(text)).length).toBeGreaterThan(20);
  });

  it.each(pages)('$file has no broken links', ({ file, text }) => {
    expect(brokenLinks(file, text)).toEqual([]);
  });

  it.each(pages)('$file names only npm scripts that exist', ({ text }) => {
    expect(unknownCommands(text)).toEqual([]);
  });

  it.each(currentPages)('$file names only files and folders that exist', ({ text }) => {
    expect(pathsOf(text).filter((path) => !isInRepository(path))).toEqual([]);
  });

  // They are generated from the schema and the seed format, and have examples of data in capitals.
  const references = ['docs/schema.md', 'docs/seed-format.md'];
  it.each(currentPages.filter(({ file }) => !references.includes(file)))(
    '$file names only settings, error codes and enum values that exist',
    ({ text }) => {
      expect(unknownNames(text)).toEqual([]);
    },
  );

  it('has each error code of the annotation page, with its status', () => {
    const rows = [...pageText('docs/annotating.md').matchAll(/^\| `([A-Z_]+)` \| (\d+) \|/gm)];

    expect(Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]))).toEqual(ERROR_STATUS);
  });

  it.each(facts)('$fact has one number on all pages', ({ pattern, setting }) => {
    const numbers = numbersOf(
      pattern,
      currentPages.map(({ text }) => proseOf(text)),
    );

    expect(numbers.length).toBeGreaterThan(0);
    expect([...new Set(numbers)]).toHaveLength(1);
    if (setting !== undefined) expect(numbers[0]).toBe(defaultOf(setting));
  });

  it('is rejected if a link, a script, a path, a name or a number is wrong', () => {
    expect(
      brokenLinks(
        'docs/first-query.md',
        '[a](nothing.md) [b](pages-ids-nulls.md#nothing) [c](pages-ids-nulls.md#nulls)',
      ),
    ).toEqual(['nothing.md', 'pages-ids-nulls.md#nothing']);
    expect(
      unknownCommands('`npm run nothing`, `npm run codegen -w packages/nothing`, `npm run codegen -w packages/client`'),
    ).toEqual(['npm run nothing', 'npm run codegen -w packages/nothing']);
    expect(pathsOf('`packages/nothing/src` and `packages/client`').filter((path) => !isInRepository(path))).toEqual([
      'packages/nothing/src',
    ]);
    expect(unknownNames('`NO_SETTING=1`, `basis: [DOCUMENT, HEARSAY]`, `UNCERTAIN`, `citation:a#char=1,2`')).toEqual([
      'NO_SETTING',
      'HEARSAY',
      'UNCERTAIN',
    ]);
    expect(numbersOf(/at most ([\d,]+) entries/g, ['at most 100 entries', 'at most 1,000 entries'])).toEqual([
      '100',
      '1000',
    ]);
  });
});

describe('the walks through the architecture', () => {
  const walks = proseOf(pageText('docs/architecture.md'))
    .split(/^## /m)
    .filter((section) => /^(A request|A seed record|A subgraph failure)\n/.test(section))
    .map((section) => ({ title: section.slice(0, section.indexOf('\n')), text: section }));

  it('follow a request, a seed record and a subgraph failure', () => {
    expect(walks.map(({ title }) => title)).toEqual(['A request', 'A seed record', 'A subgraph failure']);
  });

  it.each(walks)('$title crosses at most seven files', ({ text }) => {
    const files = pathsOf(text).filter((path) => /\.\w+$/.test(path));

    expect(files.length).toBeGreaterThan(3);
    expect(new Set(files).size).toBeLessThanOrEqual(7);
  });
});

const graphqlOf = (text: string): string[] =>
  blocksOf(text)
    .filter(({ language }) => language === 'graphql')
    .map(({ code }) => code);

/** The queries of a page, each with the fragments that it uses from elsewhere on the page. */
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
/** curl requests, with the response if one follows. */
const requests = pages.flatMap(({ file, text }) =>
  [...text.matchAll(/-d '(\{[\s\S]*?\})'\n```(?:\n\n```json\n([\s\S]*?)^```)?/gm)].map(
    ([, body = '', response], index) => ({
      name: `${file}, request ${index + 1}`,
      body: JSON.parse(body.replaceAll(/\s*\n\s*/g, ' ')) as { query: string; variables?: Record<string, unknown> },
      response,
    }),
  ),
);

describe('examples', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());

  it.each(queries)('$name is valid and has no errors', async ({ code }) => {
    expect(validate(apiSchema, parse(code)).map(({ message }) => message)).toEqual([]);

    expect((await graph.query(code)).errors).toBeUndefined();
  });

  it.each(requests)('$name has the response that follows it', async ({ body: { query, variables }, response }) => {
    const { data, errors } = await graph.query(query, variables);

    expect(errors).toBeUndefined();
    if (response !== undefined) expect({ data }).toEqual(JSON.parse(response));
  });
});
