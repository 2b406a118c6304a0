import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ModelRequest {
  headers: IncomingHttpHeaders;
  url: string;
  body: {
    model: string;
    messages: { role: string; content: string }[];
    response_format?: { type: string };
    max_tokens?: number;
  };
  /** The paragraph that is to be annotated. */
  paragraph: { number: number; text: string };
}

/** What the stand-in answers with: the content of a reply, or a response of its own making. */
export type Answer = object | string | ((response: ServerResponse) => void);

/** A server that passes for a model: it answers each request with what `answer` returns, as the n-th request (from 0). */
export async function standInModel(answer: (request: ModelRequest, index: number) => Answer) {
  const requests: ModelRequest[] = [];
  const server = createServer((incoming, response) => {
    void requestOf(incoming).then((request) => {
      requests.push(request);
      const answered = answer(request, requests.length - 1);
      if (typeof answered === 'function') answered(response);
      else reply(response, typeof answered === 'string' ? answered : JSON.stringify(answered));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A chat completion with a content. */
export function reply(
  response: ServerResponse,
  content: string | null,
  choice: object = {},
  message: object = {},
): void {
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content, ...message }, ...choice }],
      usage: { prompt_tokens: 100, completion_tokens: 10 },
    }),
  );
}

async function requestOf(incoming: IncomingMessage): Promise<ModelRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as ModelRequest['body'];
  let paragraph = { number: 0, text: '' };
  try {
    paragraph = (JSON.parse(body.messages[1]?.content ?? '') as { paragraph: typeof paragraph }).paragraph;
  } catch {
    // Tests of the client send other messages.
  }
  return { headers: incoming.headers, url: incoming.url ?? '', body, paragraph };
}
