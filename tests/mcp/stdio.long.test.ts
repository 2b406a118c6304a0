import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
  it('answers hostile messages of a program that is no SDK, each on a line of JSON, and goes on', async () => {
    const server = spawn(process.execPath, [join(workspaceRoot(), 'gateway/dist/mcpMain.js')], {
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const call = (id: number, params: unknown) => JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params });
    const lines: (string | Buffer)[] = [
      'hello',
      '{"jsonrpc":"2.0","id":',
      Buffer.from([0xff, 0xfe, 0x00]),
      '[]',
      '{"jsonrpc":"2.0","id":1,"result":{}}',
      call(2, { name: 'constructor' }),
      call(3, { name: 'search', arguments: [] }),
      call(4, { name: 'search', arguments: { words: 'x'.repeat(1_000_000) } }),
      '{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"search","arguments":{"words":"x","__proto__":{"first":1}}}}',
      call(6, { name: 'get_statement', arguments: { id: '\u0000\ud800' } }),
      JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'no/such/method' }),
      call(8, { name: 'search', arguments: { words: 'labour', first: 1 } }),
    ];
    for (const line of lines) server.stdin.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')]));
    const answers = new Map<
      number,
      { result?: { isError?: boolean; content: { text: string }[] }; error?: { code: number; data?: object } }
    >();
    for await (const line of createInterface({ input: server.stdout })) {
      const message = JSON.parse(line);
      answers.set(message.id, message);
      if ([2, 3, 4, 5, 6, 7, 8].every((id) => answers.has(id))) server.stdin.end();
    }
    const [status] = server.exitCode === null ? await once(server, 'exit') : [server.exitCode];

    const coded = { code: -32602, data: { code: 'BAD_USER_INPUT' } };
    expect([answers.get(2)?.error, answers.get(3)?.error]).toMatchObject([coded, coded]);
    expect(answers.get(4)?.result?.content[0]?.text).toMatch(/^BAD_USER_INPUT: "words"/);
    expect(answers.get(5)?.result).toMatchObject({ structuredContent: { statements: { items: [] } } });
    expect(answers.get(6)?.result?.content[0]?.text).toContain('"statement":null');
    expect(answers.get(7)?.error?.code).toBe(-32601);
    expect(answers.get(8)?.result?.isError ?? false).toBe(false);
    expect(status).toBe(0);
  });

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
