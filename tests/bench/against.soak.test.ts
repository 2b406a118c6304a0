import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const root = workspaceRoot();
const QUICK = ['--quick', '--pages', 'search', '--modes', 'embedded'];

/** A separate object store for the commits that a test creates. */
let objects: string;
let gitEnv: NodeJS.ProcessEnv;
/** The current working tree, as a commit. */
let same: string;
/** The temporary folder of a run; nothing may remain in it. */
let temporary: string;

const git = (args: string[], env = gitEnv): string =>
  execFileSync('git', args, { cwd: root, env, encoding: 'utf8' }).trim();

/** A commit of the working tree, with the text of a file replaced if given. */
function commitOf(changes: Record<string, string> = {}): string {
  const work = mkdtempSync(join(objects, 'work-'));
  const env = { ...gitEnv, GIT_INDEX_FILE: join(work, 'index') };
  git(['add', '--all'], env);
  for (const [file, text] of Object.entries(changes)) {
    writeFileSync(join(work, 'text'), text);
    git(
      ['update-index', '--add', '--cacheinfo', `100644,${git(['hash-object', '-w', join(work, 'text')], env)},${file}`],
      env,
    );
  }
  return git(['commit-tree', '-m', 'Compare', git(['write-tree'], env)], env);
}

function manifestWith(scripts: Record<string, string>): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return JSON.stringify({ ...manifest, scripts: { ...manifest.scripts, ...scripts } });
}

/** A program that sends the same response to every request, after a millisecond of work. */
const ANSWERS_NULL = `
  import { createServer } from 'node:http';
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      for (const end = performance.now() + 1; performance.now() < end; );
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"statements":null}}');
    });
  });
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port + '/'));
  process.on('SIGTERM', () => process.exit(0));
`;

beforeAll(() => {
  objects = mkdtempSync(join(tmpdir(), 'dossier-objects-'));
  const repository = execFileSync('git', ['rev-parse', '--path-format=absolute', '--git-path', 'objects'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  mkdirSync(join(objects, 'new'));
  const person = {
    GIT_AUTHOR_NAME: 'Bench',
    GIT_AUTHOR_EMAIL: 'bench@dossier.invalid',
    GIT_COMMITTER_NAME: 'Bench',
    GIT_COMMITTER_EMAIL: 'bench@dossier.invalid',
  };
  gitEnv = {
    ...process.env,
    ...person,
    GIT_OBJECT_DIRECTORY: join(objects, 'new'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: repository,
  };
  same = commitOf();
});
afterAll(() => rmSync(objects, { recursive: true, force: true }));
beforeEach(() => {
  temporary = mkdtempSync(join(objects, 'tmp-'));
});

/** Starts a comparison; `seen` resolves once a text was printed. */
function start(args: string[]) {
  const child = spawn(process.execPath, [join(root, 'tests/bench/run.mjs'), ...args], {
    cwd: root,
    env: { ...gitEnv, TMPDIR: temporary, TURBO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      printed[name] += chunk;
    });
  const ended = once(child, 'close').then(([status]) => ({ status: status as number | null, ...printed }));
  const seen = (text: string) =>
    new Promise<void>((resolve, reject) => {
      child.stdout.on('data', () => printed.stdout.includes(text) && resolve());
      void ended.then(({ stderr }) => reject(new Error(`It ended without "${text}": ${stderr}`)));
    });
  return { child, ended, seen };
}

/** Neither files nor a registered Git worktree. */
function expectNothingLeft() {
  expect(readdirSync(temporary)).toEqual([]);
  expect(git(['worktree', 'list', '--porcelain'])).not.toContain(temporary);
}

describe('the comparison with another commit', () => {
  it('builds the commit, finds equal responses, fails if an interval ends above the limit, and removes its files', async () => {
    const file = join(objects, 'raw.json');

    const { status, stdout, stderr } = await start(['--against', same, ...QUICK, '--max', '0.01', '--write', file])
      .ended;

    expect(status, stderr).toBe(1);
    expect(stdout).toMatch(/\| embedded \| search \| \d\.\d{3} \(\d\.\d{3}–\d\.\d{3}\) \|.*\| 2 \| same bytes \|/);
    expect(stdout).toMatch(
      /(Slower|Unclear, repeat with more pairs): embedded search .*, limit 0\.01\. 0 of 1 comparisons within their limits\.\n$/,
    );
    const { other, results } = JSON.parse(readFileSync(file, 'utf8'));
    expect(other.commit).toBe(same);
    expect(results).toHaveLength(1);
    expect(results[0].starts).toHaveLength(2);
    for (const pair of results[0].starts.flat())
      for (const build of ['this', 'other'])
        expect(pair[build]).toEqual({ cpu: expect.any(Number), perSecond: expect.any(Number) });
    expectNothingLeft();
  });

  it('names the page whose responses differ, compares it nevertheless, and passes if it is within the limit', async () => {
    const other = commitOf({
      'package.json': manifestWith({ start: 'node answersNull.mjs' }),
      'answersNull.mjs': ANSWERS_NULL,
    });

    const { status, stdout, stderr } = await start(['--against', other, ...QUICK, '--max', '1000']).ended;

    expect(status, stderr).toBe(0);
    expect(stdout).toMatch(/\| embedded \| search \| \d.*\| DIFFERENT \|/);
    expect(stdout).toContain('embedded search: the builds give different answers, first at data.statements.');
  });

  it('rejects a commit that does not exist', async () => {
    const { status, stderr } = await start(['--against', 'ruritania', ...QUICK]).ended;

    expect(status).toBe(2);
    expect(stderr).toContain('"ruritania" is not a commit of this repository');
    expectNothingLeft();
  });

  it('shows why a commit does not build, and removes its checkout', async () => {
    const broken = commitOf({ 'package.json': manifestWith({ build: 'echo ruritania is missing && exit 3' }) });

    const { status, stderr } = await start(['--against', broken, ...QUICK]).ended;

    expect(status).toBe(2);
    expect(stderr).toMatch(/"npm run build" failed with status 3:[\s\S]*ruritania is missing/);
    expectNothingLeft();
  });

  it.each(['npm run build', 'warming up'])(
    'stops at SIGINT while at "%s", and removes all that it made',
    async (step) => {
      const { child, ended, seen } = start(['--against', same, ...QUICK]);
      await seen(step);

      child.kill('SIGINT');

      const { status, stderr } = await ended;
      expect(status).toBe(130);
      expect(stderr).toContain('Stopped by SIGINT.');
      expectNothingLeft();
    },
  );
}, 240_000);
