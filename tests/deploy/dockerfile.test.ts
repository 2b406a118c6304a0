import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { instructions, removalCommands, dockerfile as text } from './dockerfile.js';
import { PORT } from './files.js';

/** The stage that becomes the image. */
const last = instructions.slice(instructions.findLastIndex(({ keyword }) => keyword === 'FROM'));
const saidBy = (keyword: string): string[] =>
  last.filter((instruction) => instruction.keyword === keyword).map(({ said }) => said);

describe('the Dockerfile', () => {
  it('passes the parser and the linter', () => {
    expect(validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it('removes what only building and testing need, as the last step that installs or removes packages', () => {
    const [last = ''] = removalCommands();
    for (const part of ['npm prune --omit=dev', 'rm -rf packages/testkit', 'npm pkg delete dependencies'])
      expect(last).toContain(part);
  });

  it('installs no linters with a part of the project: the root, which each part includes, needs only what builds it', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(workspaceRoot(), 'package.json'), 'utf8'));
    expect(dependencies).toBeUndefined();
    expect(Object.keys(devDependencies)).toEqual(['@types/node', 'turbo', 'typescript', 'vitest']);
  });

  it('is rejected for an unknown instruction', () => {
    expect(validate(text.replace('STOPSIGNAL', 'STOPSIGNALS'))).not.toEqual([]);
  });

  it('builds an image without compilers that runs as an unprivileged user, in exec form, with a health check without curl', () => {
    expect(saidBy('RUN').join()).not.toMatch(/apt-get|npm/);
    expect(saidBy('USER')).toEqual(['node']);
    expect(saidBy('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(JSON.parse(saidBy('CMD').at(-1) ?? '')).toEqual(['node', 'program.js']);
    expect(saidBy('ENV').join()).toContain(`PORT=${PORT}`);
    expect(saidBy('EXPOSE')).toEqual([String(PORT)]);
  });

  it.each([
    ['the port of the program', (port: number) => ({ PORT: String(port) })],
    ['the port for probes where there is one', (port: number) => ({ PORT: '1', PROBE_PORT: String(port) })],
  ])('checks the readiness of %s', async (_, environment) => {
    let status = 200;
    const requestedUrls: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      requestedUrls.push(request.url);
      response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const [program = '', ...args] = JSON.parse(
      /CMD (\[.*\])/s.exec(saidBy('HEALTHCHECK').join())?.[1] ?? '[]',
    ) as string[];
    const check = async (): Promise<number> => {
      const [code] = (await once(
        spawn(program, args, {
          env: { PATH: process.env['PATH'], ...environment((server.address() as AddressInfo).port) },
        }),
        'exit',
      )) as [number];
      return code;
    };

    const ready = await check();
    status = 503;
    const unready = await check();
    server.close();

    expect([ready, unready, requestedUrls]).toEqual([0, 1, ['/health?ready', '/health?ready']]);
  });

  it('runs programs that exist', () => {
    for (const file of [
      'gateway/src/main.ts',
      'gateway/src/embeddedMain.ts',
      'gateway/src/seedCli.ts',
      'services/trade/src/main.ts',
    ]) {
      expect(text).toContain(
        file
          .replace('/src/', '/dist/')
          .replace('services/trade', file.includes('trade') ? 'services/$SERVICE' : '')
          .replace('.ts', '.js'),
      );
      expect(existsSync(join(workspaceRoot(), file))).toBe(true);
    }
  });

  it('includes no secrets in arguments or in the build context', () => {
    expect(text).not.toMatch(/(ARG|ENV)[^\n]*(SECRET|TOKEN|PASSWORD)/i);
    const ignored = readFileSync(join(workspaceRoot(), '.dockerignore'), 'utf8').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['**/.env*', '**/node_modules', '.git', 'data', 'examples']));
  });
});
