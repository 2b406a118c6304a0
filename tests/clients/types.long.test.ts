import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSchema } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { apiSchema, type GuideProject, generateTypes, openProject } from './project.js';

/** The guide to urql is about any project that Vite starts. */
const STRICT = {
  compilerOptions: {
    strict: true,
    noEmit: true,
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'Bundler',
    lib: ['ES2023', 'DOM'],
    skipLibCheck: true,
  },
  include: ['src'],
};

describe('the code of the guides to clients', () => {
  let project: GuideProject;
  afterEach(() => project.close());
  const open = async (guide: string) => {
    project = await openProject(guide, 'http://localhost:4000/graphql');
  };
  /** What the compiler reports. */
  const compile = () =>
    project.run('tsc', '-p', '.').then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );

  it('compiles: Apollo Client', async () => {
    await open('apollo.md');
    await generateTypes(project);

    expect(await compile()).toBe('');
  });

  it('compiles: urql', async () => {
    await open('urql.md');
    writeFileSync(join(project.folder, 'tsconfig.json'), JSON.stringify(STRICT));

    expect(await compile()).toBe('');
  });

  it('compiles: Relay', async () => {
    await open('relay.md');
    writeFileSync(join(project.folder, 'schema.graphql'), printSchema(apiSchema()));
    mkdirSync(join(project.folder, 'src/__generated__'));
    await project.run('relay-compiler');

    expect(await compile()).toBe('');
  });

  it('compiles: gql.tada, and is rejected if a variable or a scalar has the wrong type', async () => {
    await open('gql-tada.md');
    writeFileSync(join(project.folder, 'schema.graphql'), printSchema(apiSchema()));
    await project.run('gql.tada', 'generate-output');
    expect(await compile()).toBe('');

    writeFileSync(
      join(project.folder, 'src/wrong.ts'),
      `import { figureLine, loadFigures } from './figures';
await loadFigures({ filter: { flow: ['SIDEWAYS'] } });
await loadFigures({ filter: { from: 2022 } });
const [figure] = await loadFigures({});
const value: number = figure!.value!;
console.log(figureLine(figure!), value);
`,
    );
    expect(await compile()).toMatch(/wrong\.ts\(2,.*wrong\.ts\(3,.*wrong\.ts\(5,/s);
  });
});
