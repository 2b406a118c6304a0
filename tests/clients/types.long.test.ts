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
});
