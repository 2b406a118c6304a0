import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayLimits, limitOptions, readConfig, workspaceRoot } from '@dossier/config';
import { type RunningGateway, startEmbedded } from '@dossier/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpTransport, toolCaller, withClient } from './client.js';

const DOCUMENT = 'document:salt-strait-77';

let dataDir: string;
let graph: RunningGateway;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dossier-mcp-'));
  graph = await startEmbedded({
    port: 0,
    host: '127.0.0.1',
    corsOrigins: [],
    dataDir,
    seedsDir: join(workspaceRoot(), 'examples/seeds'),
    documentsDir: join(workspaceRoot(), 'examples/documents'),
    ...limitOptions(readConfig(gatewayLimits, {})),
    mcp: { publicUrl: null },
  });
});
afterAll(async () => {
  await graph.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const verify = (words: string) =>
  withClient(httpTransport(graph.url), (client) =>
    toolCaller(client)('verify_quotation', { document: DOCUMENT, words }),
  );

describe('with the text of a document', () => {
  it('a quotation is verified, and cited as the text has it', async () => {
    const verbatim = await verify('a quarrel about paper');
    const normalized = await verify('are "a  quarrel about paper."');

    expect(verbatim).toMatchObject({
      match: 'VERBATIM',
      occurrenceCount: 1,
      citations: [{ document: DOCUMENT, availability: 'VERIFIED', excerpt: 'a quarrel about paper', url: null }],
      nearest: null,
    });
    expect(normalized).toMatchObject({ match: 'NORMALIZED', citations: [{ excerpt: 'are “a quarrel about paper.”' }] });
  });

  it('words that are only similar are not confirmed', async () => {
    const result = await verify('a quarrel about water');

    expect(result).toMatchObject({ match: 'NOT_FOUND', occurrenceCount: 0, citations: [] });
    expect(result.nearest.excerpt).toContain('a quarrel about');
  });

  it('citations and paragraphs have their words', async () => {
    await withClient(httpTransport(graph.url), async (client) => {
      const { statements } = await toolCaller(client)('list_statements', { document: DOCUMENT, first: 1 });
      const [content] = (await client.readResource({ uri: 'dossier://documents/salt-strait-77/paragraphs?first=1' }))
        .contents;

      expect(statements[0].citations[0]).toMatchObject({
        availability: 'VERIFIED',
        excerpt: expect.stringMatching(/\w/),
      });
      expect(content && 'text' in content && content.text).toContain('Quelmark Returns');
    });
  });
});
