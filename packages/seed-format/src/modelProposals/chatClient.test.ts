import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, type ModelRequest, reply, standInModel } from '../testing/standInModel.js';
import { ChatClient, ChatError, MAX_RESPONSE_BYTES } from './chatClient.js';

const KEY = 'sk-made-up-0123456789';
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function clientOf(answer: (request: ModelRequest, index: number) => Answer, options: object = {}) {
  const server = await standInModel(answer);
  closers.push(server.close);
  const waits: number[] = [];
  const messages: string[] = [];
  const client = new ChatClient({
    url: server.url,
    model: 'made-up-1',
    key: KEY,
    timeoutMs: 20_000,
    retries: 3,
    maxTokens: 500,
    sleep: (ms) => Promise.resolve(waits.push(ms)),
    onRetry: (reason) => messages.push(reason),
    ...options,
  });
  const complete = () =>
    client.complete({ system: 'Annotate.', user: '{}', schema: { type: 'object' }, schemaName: 'annotations' });
  const failure = async (): Promise<ChatError> => {
    const error = await complete().then(
      () => new Error('a reply'),
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(ChatError);
    return error as ChatError;
  };
  return { ...server, complete, failure, waits, messages };
}
const status =
  (code: number, headers: Record<string, string> = {}, body: string | Buffer = '') =>
  (response: ServerResponse) =>
    void response.writeHead(code, headers).end(body);

describe('a request to a model', () => {
  it('has the model, the key as a bearer token, the schema and the limit of tokens', async () => {
    const { complete, requests, url } = await clientOf(() => ({}));

    expect(await complete()).toEqual({ content: '{}', usage: { input: 100, output: 10 } });

    const [request] = requests;
    expect(request?.url).toBe(`${new URL(url).pathname}/chat/completions`);
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.body).toMatchObject({
      model: 'made-up-1',
      max_tokens: 500,
      response_format: { type: 'json_schema', json_schema: { strict: true, schema: { type: 'object' } } },
    });
  });

  it('has no authorization without a key, and no limit of tokens if that is 0', async () => {
    const { complete, requests } = await clientOf(() => ({}), { key: null, maxTokens: 0 });

    await complete();

    expect(requests[0]?.headers.authorization).toBeUndefined();
    expect(requests[0]?.body).not.toHaveProperty('max_tokens');
  });

  it('falls back to plain JSON for servers without schemas, once for all requests', async () => {
    const { complete, requests } = await clientOf(({ body }) =>
      body.response_format === undefined ? {} : status(400, {}, '{"error":{"code":"unsupported_parameter"}}'),
    );

    await complete();
    await complete();

    expect(requests.map(({ body }) => body.response_format?.type)).toEqual([
      'json_schema',
      'json_object',
      undefined,
      undefined,
    ]);
    expect(requests[2]?.body.messages[0]?.content).toContain('{"type":"object"}');
  });

  it('is repeated after 429, 5xx and lost connections, with growing pauses and as long as Retry-After says', async () => {
    const { complete, waits } = await clientOf(
      (_, index) =>
        [status(429, { 'retry-after': '7' }), status(503), (response: ServerResponse) => void response.destroy()][
          index
        ] ?? {},
    );

    await complete();

    expect(waits).toEqual([7000, 2000, 4000]);
  });

  it('is repeated only so often', async () => {
    const { failure, requests } = await clientOf(() => status(500));

    expect((await failure()).message).toBe('The server responded with status 500.');
    expect(requests).toHaveLength(4);
  });

  it('does not wait for hours, and stops the run', async () => {
    const { failure, waits } = await clientOf(() => status(429, { 'retry-after': '86400' }));

    expect(await failure()).toMatchObject({ isFatal: true, message: expect.stringContaining('86400 seconds') });
    expect(waits).toEqual([]);
  });

  it('ends after its time limit, also if the response never ends', async () => {
    const { failure } = await clientOf(() => (response) => void response.writeHead(200).write('{'), {
      timeoutMs: 200,
      retries: 0,
    });

    expect((await failure()).message).toBe('No response within 0.2 seconds.');
  });

  it.each([
    [
      'endless',
      (): Answer => (response) => {
        const chunk = Buffer.alloc(64 * 1024, 32);
        const write = (): void => {
          while (!response.destroyed && response.write(chunk));
          if (!response.destroyed) response.once('drain', write);
        };
        response.writeHead(200);
        write();
      },
    ],
    [
      'compressed',
      (): Answer => status(200, { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(MAX_RESPONSE_BYTES + 1))),
    ],
  ])('rejects a response that is too large: %s', async (_, answer) => {
    const { failure } = await clientOf(answer);

    expect((await failure()).message).toBe('The response is larger than 4 MiB.');
  });

  it('does not follow redirects, so that no other host gets the key or the text', async () => {
    const other = await clientOf(() => ({}));
    const { failure } = await clientOf(() => status(307, { location: `${other.url}/chat/completions` }));

    expect(await failure()).toMatchObject({
      isFatal: true,
      message: expect.stringContaining('Redirects are not followed'),
    });
    expect(other.requests).toEqual([]);
  });

  it.each([
    ['HTML', status(200, { 'content-type': 'text/html' }, '<html>Log in</html>'), /not JSON/],
    ['broken JSON', status(200, {}, '{"choices": [{'), /not JSON/],
    ['no choices', status(200, {}, '{"choices": []}'), /no choices/],
    ['no text', ((response) => reply(response, null)) satisfies Answer, /no text/],
    ['a refusal', ((response) => reply(response, null, {}, { refusal: 'No.' })) satisfies Answer, /refused/],
    ['a filter', ((response) => reply(response, '', { finish_reason: 'content_filter' })) satisfies Answer, /refused/],
    [
      'a reply that is cut off',
      ((response) => reply(response, '{"a', { finish_reason: 'length' })) satisfies Answer,
      /cut off/,
    ],
  ])('fails without a retry if the response has %s', async (_, answer, message) => {
    const { failure, requests } = await clientOf(() => answer as Answer);

    expect((await failure()).message).toMatch(message);
    expect(requests).toHaveLength(1);
  });

  it('never repeats the key or what the server says in an error, only a code', async () => {
    const body = JSON.stringify({
      error: { code: 'invalid_api_key', message: `The key ${KEY} is wrong. Dear user, …` },
    });
    const { failure } = await clientOf(() => status(401, {}, body));
    const echoing = await clientOf(() => status(500, {}, JSON.stringify({ error: { code: KEY } })), { retries: 1 });

    expect((await failure()).message).toBe(
      'The server responded with status 401 (invalid_api_key). Expected a valid MODEL_KEY.',
    );
    expect(JSON.stringify([await echoing.failure(), echoing.messages])).not.toContain(KEY);
  });

  it('says that the server cannot be reached', async () => {
    const { failure } = await clientOf(() => ({}), { url: 'http://127.0.0.1:1/v1', retries: 0 });

    expect((await failure()).message).toBe('The server cannot be reached, or closed the connection.');
  });
});
