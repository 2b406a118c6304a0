import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openssl } from '../support/needs.js';
import { createTempFolder, type Environment, type Program, removeFolder, run, start } from '../support/processes.js';
import { copyOfStores } from '../support/stores.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const FIGURES = { query: '{ tradeFigures(first: 1) { nodes { id } } }' };

let folder: string;
let trade: Program;
/** URL of the service behind a proxy that terminates TLS. */
let url: string;
let close: () => void;
let env: Environment;

beforeAll(async () => {
  if (openssl.isMissing) return;
  folder = createTempFolder();
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
  execFileSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=ruritania.invalid -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${certificate}`.split(
      ' ',
    ),
    { stdio: 'pipe' },
  );
  env = { DATA_DIR: copyOfStores(join(folder, 'data')), SUBGRAPH_CA_FILE: certificate };
  trade = await start('services/trade/dist/main.js', env);
  const proxy = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (incoming, response) => {
    const { method = 'POST', headers } = incoming;
    const outgoing = request(trade.url, { method, headers: { ...headers, host: 'localhost' } }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  url = `https://127.0.0.1:${(proxy.address() as AddressInfo).port}/graphql`;
  close = () => {
    proxy.closeAllConnections();
    proxy.close();
  };
});
afterAll(async () => {
  if (openssl.isMissing) return;
  close();
  await trade.stop();
  removeFolder(folder);
});

async function figuresThrough(more: Environment): Promise<{ figures: unknown; log: string }> {
  const gateway = await start('gateway/dist/main.js', { TRADE_URL: url, ...more });
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(FIGURES),
  });
  const { data } = (await response.json()) as { data: { tradeFigures: unknown } };
  expect(await gateway.stop()).toBe(0);
  return { figures: data.tradeFigures, log: JSON.stringify(gateway.log) };
}

describe.skipIf(openssl.isMissing)('a subgraph with a certificate of its own authority', openssl.options, () => {
  it('is called if SUBGRAPH_CA_FILE has the certificate of the authority', async () => {
    const { figures } = await figuresThrough({ SUBGRAPH_CA_FILE: env['SUBGRAPH_CA_FILE'] ?? '' });

    expect(figures).toMatchObject({ nodes: [{ id: expect.any(String) }] });
  });

  it('is not called otherwise, and the log has the reason', async () => {
    const { figures, log } = await figuresThrough({});

    expect(figures).toBeNull();
    expect(log).toMatch(/self-signed certificate/);
  });

  it('is checked by doctor, which names the setting', async () => {
    const [withAuthority, without] = await Promise.all(
      [env, { DATA_DIR: env['DATA_DIR'] ?? '' }].map((given) =>
        run('gateway/dist/operateCli.js', ['doctor'], { ...given, TRADE_URL: url }),
      ),
    );

    expect(withAuthority?.stdout).toMatch(/ok +subgraph trade: https/);
    expect(without?.stdout).toMatch(/failed +subgraph trade: .*SUBGRAPH_CA_FILE/);
  });

  it.each([
    ['no certificates', 'Ruritania', 'expected a PEM file with certificates; it has none.'],
    [
      'an invalid certificate',
      '-----BEGIN CERTIFICATE-----\nUnVyaXRhbmlh\n-----END CERTIFICATE-----\n',
      'a certificate in the file is not valid.',
    ],
  ])('needs a file that has not %s', async (_what, text, message) => {
    const file = join(folder, 'wrong.pem');
    writeFileSync(file, text);

    const { status, stderr } = await run('gateway/dist/main.js', [], { SUBGRAPH_CA_FILE: file });

    expect({ status, stderr }).toEqual({ status: 2, stderr: `SUBGRAPH_CA_FILE="${file}": ${message}\n` });
  });
});

describe.skipIf(openssl.isMissing)('credentials in the URL of a subgraph', openssl.options, () => {
  it('are rejected at startup and by doctor, and never printed', async () => {
    const secret = 'hunter2';
    const given = { ...env, TRADE_URL: trade.url.replace('//', `//user:${secret}@`) };
    const supergraph = join(folder, 'supergraph.graphql');
    writeFileSync(
      supergraph,
      readFileSync(join(import.meta.dirname, '../../gateway/supergraph.graphql'), 'utf8').replace(
        /(@join__graph\(name: "trade", url: ")http:\/\//,
        `$1http://user:${secret}@`,
      ),
    );

    const outcomes = await Promise.all([
      run('gateway/dist/main.js', [], given),
      run('gateway/dist/operateCli.js', ['doctor'], given),
      run('gateway/dist/main.js', ['--print-config'], given),
      run('gateway/dist/main.js', [], { SUPERGRAPH: supergraph }),
      run('gateway/dist/operateCli.js', ['doctor'], { ...env, SUPERGRAPH: supergraph }),
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual([2, 2, 2, 2, 1]);
    for (const { stdout, stderr } of outcomes) {
      expect(stdout + stderr).not.toContain(secret);
      expect(stdout + stderr).toMatch(/TRADE_URL=".*\*\*\*@|SUPERGRAPH: the URL of trade|subgraph trade: .*has a user/);
    }
  });
});
