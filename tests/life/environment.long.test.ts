import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ordinaryUser } from '../support/needs.js';
import { createTempFolder, type Environment, freePort, removeFolder, run, start } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const TRADE = 'services/trade/dist/main.js';
const GRAPH = 'gateway/dist/embeddedMain.js';

let folder: string;
let dataDir: string;
beforeAll(() => {
  folder = createTempFolder();
  chmodSync(folder, 0o755);
  dataDir = copyOfStores(join(folder, 'data'));
});
afterAll(() => removeFolder(folder));

/** The only line that a program prints before it exits, and the status. */
async function refusal(
  script: string,
  env: Environment,
  args: string[] = [],
  options = {},
): Promise<{ status: number; line: string }> {
  const { status, stdout, stderr } = await run(script, args, { DATA_DIR: dataDir, ...env }, options);
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  return { status, line: stderr.trimEnd() };
}

interface Finding {
  part: string;
  outcome: string;
  message: string;
}

async function finding(part: string, env: Environment, options = {}): Promise<Finding | undefined> {
  const { stdout } = await run(TRADE, ['doctor', '--json'], { DATA_DIR: dataDir, ...env }, options);
  return (JSON.parse(stdout) as { findings: Finding[] }).findings.find((found) => found.part === part);
}

describe('a service or the whole graph that cannot listen', () => {
  it.each<[string, Environment, RegExp]>([
    [
      'on a name that does not exist',
      { HOST: 'castle.invalid' },
      /^HOST="castle\.invalid": cannot be resolved \(\w+\)/,
    ],
    [
      'on an address of another machine',
      { HOST: '192.0.2.77' },
      /^HOST="192\.0\.2\.77": is not an address of this machine \(EADDRNOTAVAIL\); expected one of .*127\.0\.0\.1/,
    ],
    [
      'since its probes have the same port',
      { PORT: '45671', PROBE_PORT: '45671' },
      /^PROBE_PORT="45671": is also PORT; expected another port\.$/,
    ],
  ])('%s exits with status 2 and says so in one line, and so does doctor', async (_what, env, message) => {
    const [service, graph, found] = await Promise.all([refusal(TRADE, env), refusal(GRAPH, env), finding('port', env)]);

    for (const { status, line } of [service, graph]) {
      expect(line).toMatch(message);
      expect(status).toBe(2);
    }
    expect(found).toMatchObject({ outcome: 'failed', message: expect.stringMatching(message) });
  });

  it('on a port that another program uses names the setting of that port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };

    const refusals = await Promise.all(
      [TRADE, GRAPH].map((script) => refusal(script, { PORT: '0', PROBE_PORT: String(port) })),
    );

    for (const { status, line } of refusals) {
      expect(line).toBe(`PROBE_PORT="${port}": expected a free port on 127.0.0.1; another program uses this one.`);
      expect(status).toBe(2);
    }
    other.close();
  });
});

describe('a folder', () => {
  it('of texts that does not exist is reported in one line', async () => {
    const env = { DOCUMENTS_DIR: join(folder, 'none') };

    const [{ status, line }, found] = await Promise.all([refusal(TRADE, env), finding('documents', env)]);

    expect(line).toMatch(/^DOCUMENTS_DIR=".*none": does not exist \(ENOENT\); expected a folder/);
    expect(status).toBe(2);
    expect(found).toMatchObject({ outcome: 'failed', message: line });
  });

  it('in which a user may not create files is reported by seed and by doctor', async () => {
    const env = { DATA_DIR: join(folder, 'protected') };
    mkdirSync(env.DATA_DIR, { mode: 0o555 });

    const [{ status, line }, found] = await Promise.all([
      refusal(TRADE, env, ['seed'], ordinaryUser),
      finding('data folder', env, ordinaryUser),
    ]);

    expect(line).toMatch(
      /trade\.sqlite cannot be written \(EACCES\): user \d+ needs a folder .*protected that it can write to\./,
    );
    expect(status).toBe(3);
    expect(found).toMatchObject({
      outcome: 'failed',
      message: expect.stringMatching(
        /^DATA_DIR=".*protected": is not accessible \(EACCES\); expected a folder in which the user \d+ may create files\.$/,
      ),
    });
  });

  it.skipIf(ordinaryUser.uid === undefined)(
    'or a store that a user may not read is not called missing or damaged',
    async () => {
      const copies = join(folder, 'private');
      cpSync(dataDir, copies, { recursive: true });
      for (const path of [join(copies, 'trade.sqlite'), copies]) {
        chmodSync(path, 0o700);

        const { status, line } = await refusal(TRADE, { DATA_DIR: copies }, [], ordinaryUser);

        expect(line).toMatch(/trade\.sqlite cannot be read \(EACCES\): user 65534 needs read permission/);
        expect(status).toBe(3);
      }
    },
  );

  it('on a disk that cannot be written is reported by seed, which leaves nothing behind', () => {
    const data = join(folder, 'full');
    const { status, stderr } = spawnSync('sh', ['-c', `ulimit -f 50; exec "${process.execPath}" ${TRADE} seed`], {
      cwd: workspaceRoot(),
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: data },
      encoding: 'utf8',
    });

    expect(stderr).toMatch(
      /^.*full\/trade\.sqlite cannot be written \((SQLITE_IOERR|EFBIG)\): check the disk of .*full\.\n$/,
    );
    expect(status).toBe(3);
    expect(readdirSync(data)).toEqual([]);
  });
});

describe('limits of the machine', () => {
  it('of open files are reported if they are too low', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `ulimit -n 200; exec "${process.execPath}" ${TRADE}`], {
      cwd: workspaceRoot(),
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, PORT: '0' },
      encoding: 'utf8',
    });

    expect(stderr).toBe(
      'The limit of open files is 200; expected at least 256. Raise it (ulimit -n, LimitNOFILE= of a systemd unit).\n',
    );
    expect(status).toBe(2);
  });

  it('of memory are reported if they are too low', async () => {
    const { status, line } = await refusal(GRAPH, { NODE_OPTIONS: '--max-old-space-size=64' });

    expect(line).toMatch(
      /^The heap limit of Node\.js is \d+ MiB; expected at least 144 MiB\. Raise --max-old-space-size/,
    );
    expect(status).toBe(2);
  });
});

describe('an IPv6 address', () => {
  it('is printed in brackets, and doctor finds the program there', async () => {
    const env = { HOST: '::1', PORT: String(await freePort()), DATA_DIR: dataDir };
    const service = await start(TRADE, env);

    expect(service.url).toBe(`http://[::1]:${env.PORT}/graphql`);
    expect((await fetch(service.url.replace('graphql', 'health'))).status).toBe(200);
    expect(await finding('port', env)).toMatchObject({
      outcome: 'ok',
      message: expect.stringMatching(/^\[::1\]:\d+ is used by trade, revision /),
    });
    expect(await service.stop()).toBe(0);
  });
});

describe('doctor', () => {
  it('finds a running program whose probes have a separate port', async () => {
    const env = { PORT: String(await freePort()), PROBE_PORT: String(await freePort()), DATA_DIR: dataDir };
    const service = await start(TRADE, env);

    expect(await finding('port', env)).toMatchObject({
      outcome: 'ok',
      message: expect.stringContaining('used by trade'),
    });
    expect(await service.stop()).toBe(0);
  });

  it('says which secret is missing or wrong', async () => {
    const secret = 'correct-horse-battery';
    const service = await start(TRADE, { DATA_DIR: dataDir, SUBGRAPH_SECRET: secret });
    const about = async (env: Environment) => {
      const { stdout } = await run('gateway/dist/operateCli.js', ['doctor'], {
        DATA_DIR: dataDir,
        TRADE_URL: service.url,
        ...env,
      });
      expect(stdout).not.toContain(secret);
      return stdout;
    };

    const [without, withAnother, withIt] = await Promise.all(
      [{}, { SUBGRAPH_SECRET: 'staple-correct-horse' }, { SUBGRAPH_SECRET: secret }].map(about),
    );

    expect(without).toMatch(/subgraph trade: .* accepts only requests with its secret; set SUBGRAPH_SECRET/);
    expect(withAnother).toMatch(/subgraph trade: .* rejected the secret/);
    expect(withIt).toMatch(/ok +subgraph trade: /);
    expect(await service.stop()).toBe(0);
  });
});

describe('output that cannot be written', () => {
  const shell = (command: string) =>
    spawnSync('sh', ['-c', command.replace('PROGRAM', `"${process.execPath}" ${TRADE}`)], {
      cwd: workspaceRoot(),
      encoding: 'utf8',
    });

  it('is not an error if the reader closes the pipe early', () => {
    expect(shell('PROGRAM --help | head -c 10')).toMatchObject({ stdout: 'Usage: mai', stderr: '', status: 0 });
  });

  it.skipIf(process.platform !== 'linux')('is an error if the disk is full', () => {
    expect(shell('PROGRAM --print-config >/dev/full')).toMatchObject({
      stderr: 'Standard output could not be written (ENOSPC).\n',
      status: 1,
    });
  });
});
