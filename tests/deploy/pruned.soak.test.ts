import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Program, postQuery, start } from '../support/processes.js';
import { installedPackages, makeImageFolder, megabytesOf, prunedFolder, run } from './prune.js';

const MINUTES = 60_000;
const OFFLINE = ['--import', join(import.meta.dirname, 'offline.mjs')];

/** An entity of each service, and a field of it. */
const ENTITIES: Record<string, { __typename: string; id: string; field: string; value: unknown }> = {
  actors: { __typename: 'Person', id: 'person:kim-jong-un', field: 'name', value: 'Kim Jong-un' },
  statements: {
    __typename: 'Statement',
    id: 'statement:memri-sd-10149/S70',
    field: 'summary',
    value: 'North Korea shipped next to nothing to Russia in 2021.',
  },
  sanctions: { __typename: 'Provision', id: 'provision:unscr-2397/8', field: 'paragraph', value: '8' },
  trade: {
    __typename: 'TradeFigure',
    id: 'figure:memri-sd-10149/F01',
    field: 'id',
    value: 'figure:memri-sd-10149/F01',
  },
};

/** What no program needs in an image: linters, test runners, compilers, and libraries of the pages. */
const UNWANTED =
  /^(@biomejs\/|knip$|vitest$|vite$|turbo$|typescript$|drizzle-kit$|esbuild$|graphiql$|@graphiql\/|monaco-|react(-dom|-aria|-stately)?$|preact$|prettier$|d3-)/;

/** What the folder of an image may hold: a tenth more than it does. */
const MAX_PACKAGES = { service: 345, gateway: 440 };
const MAX_MEGABYTES = { service: 95, gateway: 160 };

let folder: string | null = null;
let program: Program | null = null;
afterEach(async () => {
  await program?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe('a pruned workspace, installed and built alone,', () => {
  it.each(Object.keys(ENTITIES))(
    'is made an image of %s, which builds its store and serves its entities without the network or the rest of the project',
    async (service) => {
      const { __typename, id, field, value } = ENTITIES[service] as (typeof ENTITIES)[string];
      folder = prunedFolder(`@dossier/${service}`);
      expect(readdirSync(join(folder, 'services'))).toEqual([service]);
      expect(existsSync(join(folder, 'gateway'))).toBe(false);
      // Nothing of the project's own tools, which the root's package.json would bring.
      expect(installedPackages(folder).filter((name) => /^(@biomejs\/|knip$|drizzle-kit$)/.test(name))).toEqual([]);

      makeImageFolder(folder, service);
      const packages = installedPackages(folder);
      expect(packages.filter((name) => UNWANTED.test(name))).toEqual([]);
      expect(packages.length).toBeLessThan(MAX_PACKAGES.service);
      expect(megabytesOf(folder)).toBeLessThan(MAX_MEGABYTES.service);

      run(folder, process.execPath, ...OFFLINE, 'program.js', 'seed');
      program = await start('program.js', {}, { root: folder, nodeOptions: OFFLINE });
      const health = await fetch(new URL('/health?ready', program.url));
      const { data, errors } = await postQuery(
        program,
        `{ _entities(representations: [{ __typename: "${__typename}", id: "${id}" }]) { ... on ${__typename} { ${field} } } }`,
      );

      expect(health.status).toBe(200);
      expect(errors).toBeUndefined();
      expect(data).toEqual({ _entities: [{ [field]: value }] });
      expect(await program.stop()).toBe(0);
      expect(program.log.filter(({ msg }) => msg === 'network access')).toEqual([]);
    },
    8 * MINUTES,
  );

  it(
    'is made an image of the gateway, which serves its pages, and starts while no subgraph is running',
    async () => {
      folder = prunedFolder('@dossier/gateway');
      makeImageFolder(folder, 'gateway');
      const packages = installedPackages(folder);

      program = await start('program.js', {}, { root: folder });
      const { data, errors } = await postQuery(
        program,
        '{ statement(id: "statement:memri-sd-10149/S70") { summary } }',
      );

      const pages = await Promise.all(
        ['/', '/reader/'].map((page) => fetch(new URL(page, program?.url), { headers: { accept: 'text/html' } })),
      );

      expect(packages.filter((name) => UNWANTED.test(name))).toEqual([]);
      expect(packages.length).toBeLessThan(MAX_PACKAGES.gateway);
      expect(megabytesOf(folder)).toBeLessThan(MAX_MEGABYTES.gateway);
      expect(pages.map(({ status }) => status)).toEqual([200, 200]);
      expect(data).toEqual({ statement: null });
      expect(errors).toMatchObject([{ path: ['statement'], extensions: { service: 'statements' } }]);
    },
    8 * MINUTES,
  );
});
