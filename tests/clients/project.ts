import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '@dossier/config';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { parse, printSchema } from 'graphql';
import { createServer } from 'vite';

const run = promisify(execFile);

/** The project that a guide builds: each block that follows the name of a file, as this file. */
export interface GuideProject {
  folder: string;
  files: ReadonlyMap<string, string>;
  /** Runs a program of an installed package in the folder of the project. */
  run: (program: string, ...args: string[]) => Promise<{ stdout: string; stderr: string }>;
  /** Loads a module as Vite serves it, with the plugins that the guide configures. */
  load: <Module>(file: string) => Promise<Module>;
  close: () => Promise<void>;
}

const NAMED_BLOCK = /`([\w./-]+\.\w+)`:\n\n```\w+\n([\s\S]*?)^```$/gm;

/** The files on a page, by their path. */
const filesOf = (page: string): Map<string, string> =>
  new Map([...page.matchAll(NAMED_BLOCK)].map(([, path = '', code = '']) => [path, code]));

/**
 * Writes the files of a guide in docs/clients into a folder of its own. The folder is inside this one, so that imports of packages
 * resolve. `url` replaces the URL of the graph.
 */
export async function openProject(guide: string, url: string): Promise<GuideProject> {
  const files = filesOf(readFileSync(join(workspaceRoot(), 'docs/clients', guide), 'utf8'));
  const folder = mkdtempSync(join(import.meta.dirname, 'tmp-'));
  for (const [path, code] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code.replaceAll('http://localhost:4000/graphql', url));
  }
  const config = [...files.keys()].find((path) => path.startsWith('vite.config.'));
  const server = await createServer({
    root: folder,
    configFile: config ? join(folder, config) : false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  return {
    folder,
    files,
    run: (program, ...args) =>
      run(join(workspaceRoot(), 'node_modules/.bin', program), args, { cwd: folder, env: { ...process.env, CI: '1' } }),
    load: async <Module>(file: string) => (await server.ssrLoadModule(`/${file}`)) as Module,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const apiSchema = () => readSupergraph(readFileSync(supergraphFile, 'utf8')).apiSchema;

/** What `graphql-codegen` does with the `codegen.ts` of a guide. */
export async function generateTypes({ folder, files, load }: GuideProject): Promise<void> {
  const { default: settings } = await load<{
    default: { generates: Record<string, { config: object; presetConfig: object }> };
  }>('codegen.ts');
  const [output = ['', undefined] as const] = Object.entries(settings.generates);
  const schema = apiSchema();
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: join(folder, output[0]),
    schema: parse(printSchema(schema)),
    schemaAst: schema,
    documents: [...files]
      .filter(([path]) => path.endsWith('.graphql'))
      .map(([location, rawSDL]) => ({ location, rawSDL, document: parse(rawSDL) })),
    config: output[1]?.config ?? {},
    presetConfig: output[1]?.presetConfig ?? {},
    plugins: [],
    pluginMap: {},
    profiler: { run: (task: () => unknown) => task(), collect: () => [] },
  } as unknown as Parameters<typeof preset.buildGeneratesSection>[0]);
  mkdirSync(join(folder, output[0]), { recursive: true });
  for (const section of sections) writeFileSync(section.filename, await codegen(section));
}
