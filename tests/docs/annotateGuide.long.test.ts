import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { waitFor } from '../support/processes.js';
import { formatJson } from './responses.js';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 60_000 });

/** `npm run guides` updates the outputs and responses of the page; otherwise they are compared. */
const update = process.env['GUIDES_UPDATE'] === '1';
const FILE = join(workspaceRoot(), 'docs/annotate-first-document.md');
const page = readFileSync(FILE, 'utf8');

/** The code blocks of the page, in order. An output follows its commands, a response its query. */
const STEP = /^```(sh|yaml|graphql)\n([\s\S]*?)^```(?:\n\n```(text|json)\n([\s\S]*?)^```)?$/gm;
const START = 'npm start\n';
const steps = [...page.matchAll(STEP)].map(([block, language = '', code = '', result, shown = '']) => ({
  block,
  language,
  code,
  /** What the page shows after the code; null if it shows nothing. */
  shown: result === undefined ? null : shown,
}));
/** The first block sets variables and functions that all others use. */
const setup = steps[0]?.code ?? '';
/** The first call of `seeds` is that of the page, with npm and a build. All others run the program that it runs. */
const WITHOUT_NPM = 'seeds() { node packages/seed-format/dist/cli.js "$@"; }';

let home: string;
let server: ChildProcess | undefined;
let url = '';
let seedsCalls = 0;

/** Only what the guide itself sets, so that a setting of this machine does not complete a step that it leaves out. */
const environment = () => ({
  HOME: home,
  PATH: process.env['PATH'] ?? '',
  LANG: 'C.UTF-8',
  PORT: '0',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'error',
  npm_config_update_notifier: 'false',
});

/** Runs commands as a reader does, after the setup, and returns their output. Fails if one of them fails. */
function runCommands(code: string): string {
  const isFirstCall = code.includes('seeds ') && seedsCalls++ === 0;
  const functions = isFirstCall ? setup : `${setup}\n${WITHOUT_NPM}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', `${functions}\n${code}`], {
    cwd: workspaceRoot(),
    env: environment(),
    encoding: 'utf8',
  });
  expect(status, `${code}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

async function startServer(): Promise<void> {
  let output = '';
  server = spawn('bash', ['-c', `${setup}\nexec ${START}`], {
    cwd: workspaceRoot(),
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  await waitFor('the address of the server', () => /GraphQL: http\S+/.test(output), 120);
  url = /GraphQL: (\S+)/.exec(output)?.[1] ?? '';
}

/** What a YAML block is for: its first line names the file, and whether it is new or some of its lines change. */
const EDIT = /^# (\S+\.yaml): (a new file|change these lines)\n/;
/** What a changed line has in common with the one that it replaces: its key, or the number of its paragraph. */
const keyOf = (line: string): string => /^\s*(?:- \{ number: \d+,|\w+:)/.exec(line)?.[0] ?? line;

function edit(code: string): void {
  const [heading = '', name = '', kind] = EDIT.exec(code) ?? [];
  expect(heading, code).not.toBe('');
  const file = join(home, 'archive/seeds', name);
  const content = code.slice(heading.length);
  if (kind === 'a new file') {
    writeFileSync(file, content, { flag: 'wx' });
    return;
  }
  let text = readFileSync(file, 'utf8');
  for (const changed of content.split('\n').filter(Boolean)) {
    const lines = text.split('\n');
    const places = lines.flatMap((line, index) => (line.startsWith(keyOf(changed)) ? [index] : []));
    expect(places, `the line of ${name} that is changed to: ${changed}`).toHaveLength(1);
    text = lines.with(places[0] ?? 0, changed).join('\n');
  }
  writeFileSync(file, text);
}

async function query(source: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: source }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return `${formatJson({ data })}\n`;
}

async function runStep({ language, code }: (typeof steps)[number]): Promise<string> {
  if (language === 'graphql') return query(code);
  if (language === 'yaml') edit(code);
  else if (code === START) await startServer();
  else return runCommands(code);
  return '';
}

describe('the guide to a first document', () => {
  let current = page;
  beforeAll(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'dossier-guide-')));
  });
  afterAll(async () => {
    if (server?.exitCode === null) {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    }
    rmSync(home, { recursive: true, force: true });
  });

  it('has commands, files, queries and their results', () => {
    expect([...new Set(steps.map(({ language }) => language))].sort()).toEqual(['graphql', 'sh', 'yaml']);
    expect(steps.filter(({ shown }) => shown !== null).length).toBeGreaterThan(8);
  });

  it('leads from a text file to its words in a response, step by step, with the results that it shows', async () => {
    for (const step of steps) {
      const result = await runStep(step);
      if (step.shown === null) continue;
      const [shownAs, before] = [
        step.language === 'graphql' ? 'json' : 'text',
        `\`\`\`${step.language}\n${step.code}\`\`\``,
      ];
      const block = `${before}\n\n\`\`\`${shownAs}\n${result}\`\`\``;
      current = current.replace(step.block, () => block);
      if (!update)
        expect(result, `docs/annotate-first-document.md is out of date; run npm run guides`).toBe(step.shown);
    }
    if (update) writeFileSync(FILE, current);

    expect(current).toContain('"excerpt": "the peat ferry from Ysmere “will sail again in July.”"');
  });
});
