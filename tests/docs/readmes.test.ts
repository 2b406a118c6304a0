import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { type InterfaceTypeDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { blocksOf, inlineCodeOf, pages, pathsOf, proseOf } from './pages.js';

const root = workspaceRoot();
/** READMEs of services, packages, folders in packages, the gateway and the tools. */
const readmes = pages
  .filter(({ file }) => /^(gateway|packages|services|tools)\/(.*\/)?README\.md$/.test(file))
  .map((page) => ({ ...page, folder: dirname(page.file) }));

/** The files below a folder, without what is installed or built. */
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return ['node_modules', 'dist'].includes(entry.name) ? [] : filesIn(join(folder, entry.name));
    return [join(folder, entry.name)];
  });

/** Files that a README names, such as `open.ts`, `src/read.ts` or `response/objectShape.ts`, and that its package does not have. */
function missingFiles(folder: string, text: string): string[] {
  const [group = '', name = ''] = folder.split('/');
  const workspace = ['packages', 'services'].includes(group) ? join(group, name) : group;
  const files = filesIn(workspace);
  const exists = (path: string): boolean =>
    files.some((file) => file === path || file.endsWith(`/${path}`)) || existsSync(join(root, path));
  return inlineCodeOf(text).filter(
    (code) =>
      /^[\w./-]+\.(ts|tsx|mjs|graphql|md|grit|html)$/.test(code) && !pathsOf(`\`${code}\``).length && !exists(code),
  );
}

const commandsOf = (text: string): string[] => [
  ...inlineCodeOf(text),
  ...blocksOf(text)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.split('\n')),
];

/** Programs of commands such as `node dist/main.js seed` that no source file is compiled to. */
const missingPrograms = (folder: string, text: string): string[] =>
  commandsOf(text)
    .flatMap((command) => /(?:^|\s)node ([\w./-]+\.(?:js|mjs))/.exec(command)?.[1] ?? [])
    .filter((program) => {
      const source = program.replace(/\bdist\//, 'src/').replace(/\.js$/, '.ts');
      return ![join(folder, source), source].some((path) => existsSync(join(root, path)));
    });

/** Workspaces of commands such as `npm start -w services/actors` that do not exist. */
const missingWorkspaces = (text: string): string[] =>
  commandsOf(text)
    .flatMap((command) => /^npm .*-w ([\w/-]+)/.exec(command)?.[1] ?? [])
    .filter((workspace) => !existsSync(join(root, workspace, 'package.json')));

const COUNT =
  /\b(\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)( \w+)? (types|fields|enums|scalars|settings|error codes|metrics|tests|source files|limits)\b/gi;
/** Counts that a change of the code would make wrong without anyone noticing. */
const countsIn = (text: string): string[] => [...proseOf(text).matchAll(COUNT)].map(([count]) => count);

type FieldOwner = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** What the SDL of a service says: its root fields, and the fields of each entity that it resolves. */
function schemaOf(folder: string): { queryFields: string[]; entities: FieldOwner[] } {
  const types = parse(readFileSync(join(root, folder, 'schema.graphql'), 'utf8')).definitions.filter(
    (definition): definition is FieldOwner =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );
  const namesOf = (type: FieldOwner | undefined): string[] => type?.fields?.map(({ name }) => name.value) ?? [];
  const isResolved = ({ directives = [] }: FieldOwner): boolean =>
    directives.some(
      ({ name, arguments: args = [] }) =>
        name.value === 'key' && !args.some((argument) => argument.name.value === 'resolvable'),
    );
  return { queryFields: namesOf(types.find(({ name }) => name.value === 'Query')), entities: types.filter(isResolved) };
}

const namesIn = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
/** The item of a list that begins with a bold word. */
const itemOf = (text: string, title: string): string =>
  new RegExp(`^- \\*\\*${title}\\*\\*(.*)$`, 'm').exec(text)?.[1] ?? '';

/** The fields that a service adds to entities of others, as its README says: "`Actor` and `Event` by `statements`". */
function extensionsIn(text: string): Map<string, string[]> {
  const extensions = new Map<string, string[]>();
  for (const [, types = '', fields = ''] of itemOf(text, 'Extends').matchAll(
    /((?:`[A-Z]\w*`(?: and |, )?)+) by ((?:`[a-z]\w*`(?: and |, )?)+)/g,
  ))
    for (const type of namesIn(types))
      extensions.set(type, [...(extensions.get(type) ?? []), ...namesIn(fields)].sort());
  return extensions;
}

describe('the READMEs of services, packages, the gateway and the tools', () => {
  it.each(readmes)('$file names only files of its package that exist', ({ folder, text }) => {
    expect(missingFiles(folder, text)).toEqual([]);
  });

  it.each(readmes)('$file has only commands whose program and workspace exist', ({ folder, text }) => {
    expect([missingPrograms(folder, text), missingWorkspaces(text)]).toEqual([[], []]);
  });

  it.each(readmes)('$file does not repeat how many types, settings, tests or limits there are', ({ text }) => {
    expect(countsIn(text)).toEqual([]);
  });

  it('exist for every service and package', () => {
    const workspaces = ['packages', 'services'].flatMap((group) =>
      readdirSync(join(root, group)).map((name) => join(group, name)),
    );

    expect(workspaces.filter((folder) => !readmes.some((readme) => readme.folder === folder))).toEqual([]);
  });

  it('are rejected if a file, a command or a count is wrong', () => {
    expect(missingFiles('packages/store', '`open.ts`, `src/open.ts`, `gone.ts` and `docs/schema.md`')).toEqual([
      'gone.ts',
    ]);
    expect(missingPrograms('services/actors', '`node dist/main.js seed`, `node dist/gone.js`')).toEqual([
      'dist/gone.js',
    ]);
    expect(missingWorkspaces('`npm start -w services/actors`, `npm start -w services/ships`')).toEqual([
      'services/ships',
    ]);
    expect(countsIn('There are 12 settings and seven configurable limits for two engines.')).toEqual([
      '12 settings',
      'seven configurable limits',
    ]);
  });
});

describe('the README of a service', () => {
  const services = readmes.filter(({ folder }) => dirname(folder) === 'services');

  it.each(services)('lists the query fields of $folder', ({ folder, text }) => {
    expect(namesIn(itemOf(text, 'Query fields')).sort()).toEqual(schemaOf(folder).queryFields.sort());
  });

  it.each(services)(
    'names each entity that $folder owns, and each field that it adds to others',
    ({ folder, text }) => {
      const owned = namesIn(itemOf(text, 'Owns'));
      const extensions = extensionsIn(text);
      const { entities } = schemaOf(folder);

      // The types of an interface get the fields of the interface.
      const others = entities.filter(
        ({ name, interfaces = [] }) =>
          !owned.includes(name.value) && !interfaces.some((type) => extensions.has(type.name.value)),
      );
      const added = Object.fromEntries(
        others.map(({ name, fields = [] }) => [
          name.value,
          fields.flatMap((field) => (field.name.value === 'id' ? [] : [field.name.value])).sort(),
        ]),
      );

      expect(owned.filter((name) => name !== 'id' && !entities.some((type) => type.name.value === name))).toEqual([]);
      expect(Object.fromEntries(extensions)).toEqual(added);
      expect(basename(folder)).toBe(/^# (\w+)/.exec(text)?.[1]);
    },
  );
});
