import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { startGraph } from '../support/graph.js';
import { httpTransport, toolCaller, withClient } from './client.js';
import { QUESTIONS } from './questions.js';

it('x', async () => {
  const graph = await startGraph({ mcp: { publicUrl: 'https://dossier.invalid/' } });
  const out: any = {};
  await withClient(httpTransport(graph.url), async (client) => {
    for (const { question, answer } of QUESTIONS) out[question] = await answer(toolCaller(client));
    out.version = [client.getServerVersion?.(), (client as any).getNegotiatedProtocolVersion?.()];
    const { tools } = await client.listTools();
    out.tools = tools.length;
    out.first = tools[0];
    out.bytes = JSON.stringify(tools).length;
    for (const t of tools) out[`size ${t.name}`] = 0;
    out.resources = await client.listResources();
    const doc = out.resources.resources[0].uri;
    out.doc = JSON.stringify(await client.readResource({ uri: doc })).slice(0, 600);
    out.par = JSON.stringify(await client.readResource({ uri: `${doc}/paragraphs` })).slice(0, 1500);
    out.par2 = JSON.stringify(await client.readResource({ uri: `${doc}/paragraphs?first=2` })).slice(-700);
    for (const uri of [
      'dossier://documents/nope',
      `${doc}/paragraphs?first=999`,
      `${doc}/paragraphs?after=zz`,
      'file:///etc/passwd',
    ])
      out[uri] = await client.readResource({ uri }).catch((e: any) => [e.code, e.message, e.data]);
    out.bad = await client.callTool({ name: 'search', arguments: { words: 'x', after: 'zzz' } });
    out.bad2 = await client
      .callTool({ name: 'search', arguments: { words: '', nope: 1 } })
      .catch((e: any) => [e.code, e.message]);
    out.bad3 = await client.callTool({ name: 'nope', arguments: {} }).catch((e: any) => [e.code, e.message]);
    out.ver = await client.callTool({
      name: 'verify_quotation',
      arguments: { document: 'document:memri-sd-10149', words: 'North Korea' },
    });
    out.modern = await withClient(
      httpTransport(graph.url),
      async (c) => [
        (c as any).getNegotiatedProtocolVersion?.(),
        (await c.callTool({ name: 'search', arguments: { words: 'labour', first: 1 } })).structuredContent,
      ],
      { versionNegotiation: { mode: 'auto' } } as any,
    ).catch((e: any) => String(e));
  });
  writeFileSync('/tmp/mcp-out.json', JSON.stringify(out, null, 1));
  await graph.close();
});
