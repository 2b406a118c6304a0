import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { describe, expect, it } from 'vitest';

const root = workspaceRoot();
const program = join(root, 'tools/dist/annotateCli.js');
const env = { ...process.env, SEEDS_DIR: 'examples/seeds', DOCUMENTS_DIR: 'examples/documents' };

describe('npm run annotate', () => {
  it('prints an address with a token, serves the document for it alone, and stops on SIGTERM', async () => {
    const child = spawn(process.execPath, [program, 'salt-strait-77', '--port', '0'], { cwd: root, env });
    let output = '';
    child.stdout.setEncoding('utf8');
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      output += chunk as string;
      if (output.includes('#token=')) break;
    }
    const [, url = '', token = ''] = /(http:\/\/127\.0\.0\.1:\d+\/)#token=(\S+)/.exec(output) ?? [];

    expect((await fetch(`${url}api/document`)).status).toBe(401);
    const session = await fetch(`${url}api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    const cookie = session.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; /);
    const document = await fetch(`${url}api/document`, { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(await document.json()).toMatchObject({ folder: 'salt-strait-77', hasPreview: true });
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  it('says what is wrong with the document, the folder or the port', () => {
    const run = (...args: string[]) => {
      const { status, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: root, env, encoding: 'utf8' });
      return { status, stderr };
    };

    expect(run('nothing')).toMatchObject({ status: 2, stderr: expect.stringContaining('"nothing" is not a document') });
    expect(run('../seeds').status).toBe(2);
    expect(run('salt-strait-77', '--seeds', 'nowhere')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is not a folder'),
    });
    expect(run('salt-strait-77', '--port', '70000').stderr).toContain('Expected a port');
  });
});
