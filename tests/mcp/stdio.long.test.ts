import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfStores } from '../support/stores.js';
import { toolCaller, withClient } from './client.js';
import { QUESTIONS } from './questions.js';

let dataDir: string;
beforeAll(() => {
  dataDir = copyOfStores(mkdtempSync(join(tmpdir(), 'dossier-mcp-')));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const transport = () =>
  new StdioClientTransport({
    command: process.execPath,
    args: [join(workspaceRoot(), 'gateway/dist/mcpMain.js'), '--seed'],
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir },
    stderr: 'ignore',
  });

describe('the MCP server over standard input and output', () => {
  it('answers every question by tools alone, writes nothing but the protocol, and ends when its input is closed', async () => {
    const started = transport();
    const errors: Error[] = [];
    let pid = 0;

    const answers = await withClient(started, async (client) => {
      // A line that is not a message is an error of the transport.
      client.onerror = (error) => errors.push(error);
      pid = started.pid ?? 0;
      const call = toolCaller(client);
      return Promise.all(QUESTIONS.map(({ answer }) => answer(call)));
    });

    expect(answers).toEqual(QUESTIONS.map(({ expected }) => expected));
    expect(errors).toEqual([]);
    expect(pid).toBeGreaterThan(0);
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });
});
