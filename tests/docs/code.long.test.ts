import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import { parse, printSchema } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';
import { blocksOf, pages } from './pages.js';

const root = workspaceRoot();
/** Inside this folder, so that imports of packages resolve. */
const folder = mkdtempSync(join(import.meta.dirname, 'tmp-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function compile(project: string): string {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', project],
    {
      encoding: 'utf8',
    },
  );
  return stdout + stderr;
}

const STRICT = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'ES2023',
    module: 'ESNext',
    moduleResolution: 'Bundler',
    lib: ['ES2023', 'DOM'],
    types: ['node'],
    skipLibCheck: true,
  },
  include: ['*.ts'],
};

/** Code blocks that compile on their own. Those of the new frontend and of the clients' guides are files of one project. */
const standalone = pages
  .filter(
    ({ file }) => file.startsWith('docs/') && file !== 'docs/new-frontend.md' && !file.startsWith('docs/clients/'),
  )
  .flatMap(({ file, text }) =>
    blocksOf(text)
      .filter(({ language }) => language === 'ts')
      .map(({ code }, index) => ({ name: `${file.replaceAll(/\W/g, '-')}-${index + 1}.ts`, code })),
  );

describe('code in the guides', () => {
  it('compiles in strict mode', () => {
    expect(standalone.length).toBeGreaterThan(4);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(STRICT));
    for (const { name, code } of standalone) writeFileSync(join(folder, name), `${code}\nexport {};\n`);

    expect(compile(folder)).toBe('');
  });

  it('is rejected by the compiler if a type is wrong', () => {
    const wrong = join(folder, 'wrong');
    mkdirSync(wrong);
    writeFileSync(join(wrong, 'tsconfig.json'), JSON.stringify(STRICT));
    writeFileSync(
      join(wrong, 'wrong.ts'),
      "import { dateLabel } from '@dossier/client';\nconsole.log(dateLabel(2022));\n",
    );

    expect(compile(wrong)).toContain('TS2345');
  });

  it('of the new frontend compiles with the types that its codegen.ts generates', async () => {
    const guide = readFileSync(join(root, 'docs/new-frontend.md'), 'utf8');
    const files = new Map(
      [...guide.matchAll(/`([\w./-]+\.\w+)`:\n\n```\w+\n([\s\S]*?)^```$/gm)].map(([, path = '', code = '']) => [
        path,
        code,
      ]),
    );
    expect([...files.keys()].sort()).toEqual([
      'codegen.ts',
      'index.html',
      'src/ask.ts',
      'src/claims.graphql',
      'src/main.ts',
      'tsconfig.json',
      'vite.config.js',
    ]);
    const project = join(folder, 'claims');
    for (const [path, code] of files) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), code);
    }

    const schema = readSupergraph(readFileSync(supergraphFile, 'utf8')).apiSchema;
    const { default: settings } = (await import(join(project, 'codegen.ts'))) as {
      default: { generates: Record<string, { config: object; presetConfig: object }> };
    };
    const [output] = Object.entries(settings.generates);
    const query = files.get('src/claims.graphql') ?? '';
    const sections = await preset.buildGeneratesSection({
      baseOutputDir: join(project, output?.[0] ?? ''),
      schema: parse(printSchema(schema)),
      schemaAst: schema,
      documents: [{ location: 'src/claims.graphql', rawSDL: query, document: parse(query) }],
      config: output?.[1].config ?? {},
      presetConfig: output?.[1].presetConfig ?? {},
      plugins: [],
      pluginMap: {},
      profiler: { run: (run: () => unknown) => run(), collect: () => [] },
    } as unknown as Parameters<typeof preset.buildGeneratesSection>[0]);
    mkdirSync(join(project, 'src/gql'));
    for (const section of sections) writeFileSync(section.filename, await codegen(section));

    expect(compile(project)).toBe('');
  });
});
