import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

const run = promisify(execFile);
const readme = readFileSync(join(workspaceRoot(), 'packages/client/README.md'), 'utf8');
const examples = [
  ...readme.matchAll(/^## (.+)\n(?:(?!^## )[\s\S])*?```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/gm),
].map(([, heading, code, output]) => ({ heading, code, output }));

describe('the examples in the README of the client', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());

  it('include every code block', () => {
    expect(examples).toHaveLength(readme.match(/^```js$/gm)?.length ?? 0);
  });

  it.each(examples)('run: $heading', async ({ code = '', output }) => {
    const here = code.replaceAll('http://localhost:4000/', graph.url);

    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', here], {
      cwd: import.meta.dirname,
    });

    expect(stderr).toBe('');
    expect(stdout.trim()).toBe(output?.trim());
  });
});
