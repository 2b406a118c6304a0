import { setTimeout as delay } from 'node:timers/promises';
import type { JsonSchema } from '../jsonSchema.js';

export interface ChatOptions {
  /** Base URL of the API, without a query. */
  url: string;
  model: string;
  key: string | null;
  timeoutMs: number;
  retries: number;
  /** 0 sends no limit. */
  maxTokens: number;
  /** Waits; replaced in tests. */
  sleep?: (ms: number) => Promise<unknown>;
  onRetry?: (reason: string, waitMs: number) => void;
}

export interface ChatRequest {
  system: string;
  user: string;
  /** The JSON Schema of the response, and its name. */
  schema: JsonSchema;
  schemaName: string;
}

/** Tokens as the server counted them; 0 if it does not say. */
export interface Usage {
  input: number;
  output: number;
}

export interface ChatReply {
  content: string;
  usage: Usage;
}

/**
 * A request that got no usable reply. The message is for the person who runs the command; it contains neither the key nor anything that the
 * server wrote, except an error code.
 */
export class ChatError extends Error {
  /** Whether further requests would fail in the same way, so that there is no use in sending them. */
  readonly isFatal: boolean;
  /** Tokens that were used nevertheless. */
  readonly usage: Usage;
  constructor(message: string, { isFatal = false, usage = { input: 0, output: 0 } } = {}) {
    super(message);
    this.name = 'ChatError';
    this.isFatal = isFatal;
    this.usage = usage;
  }
}

/** Maximum size of a response, after decompression. A reply about one paragraph has a few kilobytes. */
export const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;
const MAX_WAIT_MS = 30_000;
/** A server that asks for a longer pause is not waited for. */
const MAX_RETRY_AFTER_MS = 120_000;
const RETRIED = new Set([408, 425, 429, 500, 502, 503, 504, 529]);
/** Statuses with which servers reject a `response_format` that they do not know. */
const UNSUPPORTED = new Set([400, 415, 422, 501]);

type Format = 'json_schema' | 'json_object' | 'none';
const FORMATS: readonly Format[] = ['json_schema', 'json_object', 'none'];

/** What happened to one attempt. */
type Attempt =
  | { kind: 'reply'; reply: ChatReply }
  | { kind: 'failed'; message: string; isFatal?: boolean; usage?: Usage }
  | { kind: 'retry'; message: string; afterMs: number | null }
  | { kind: 'unsupported'; message: string };

/**
 * A client of the chat API of OpenAI, which many servers implement. It sends the key to the configured URL only: redirects are not followed.
 * Responses are limited in size and time, and retries in number.
 */
export class ChatClient {
  readonly #options: ChatOptions;
  readonly #endpoint: string;
  /** The most precise format that the server accepts, as far as is known. */
  #format = 0;
  #isFormatAccepted = false;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.#endpoint = `${options.url.replace(/\/+$/, '')}/chat/completions`;
  }

  /** The content of the reply. Throws a ChatError if there is none. */
  async complete(request: ChatRequest): Promise<ChatReply> {
    const { retries, onRetry, sleep = delay } = this.#options;
    let retry = 0;
    for (;;) {
      const attempt = await this.#send(request);
      if (attempt.kind === 'reply') {
        this.#isFormatAccepted = true;
        return attempt.reply;
      }
      if (attempt.kind === 'unsupported' && !this.#isFormatAccepted && this.#format < FORMATS.length - 1) {
        this.#format += 1;
        continue;
      }
      if (attempt.kind === 'failed') throw new ChatError(attempt.message, attempt);
      if (attempt.kind === 'unsupported') throw new ChatError(attempt.message);
      if (attempt.afterMs !== null && attempt.afterMs > MAX_RETRY_AFTER_MS)
        throw new ChatError(
          `${attempt.message} The server asks to wait ${Math.ceil(attempt.afterMs / 1000)} seconds; run the command again after that.`,
          { isFatal: true },
        );
      if (retry >= retries) throw new ChatError(attempt.message);
      const waitMs = Math.max(attempt.afterMs ?? 0, Math.min(MAX_WAIT_MS, 1000 * 2 ** retry));
      retry += 1;
      onRetry?.(attempt.message, waitMs);
      await sleep(waitMs);
    }
  }

  async #send(request: ChatRequest): Promise<Attempt> {
    const { key, timeoutMs } = this.#options;
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(this.#endpoint, {
        method: 'POST',
        // Another host must not get the key, nor the text.
        redirect: 'manual',
        signal: timeout,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(key !== null && { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(this.#bodyOf(request)),
      });
      const text = await readLimited(response);
      if (text === null)
        return { kind: 'failed', message: `The response is larger than ${MAX_RESPONSE_BYTES / 1024 / 1024} MiB.` };
      return response.status === 200 ? replyOf(text) : this.#rejection(response, text);
    } catch {
      // The messages of errors may contain addresses or what the server sent.
      return timeout.aborted
        ? { kind: 'retry', message: `No response within ${timeoutMs / 1000} seconds.`, afterMs: null }
        : { kind: 'retry', message: 'The server cannot be reached, or closed the connection.', afterMs: null };
    }
  }

  #bodyOf({ system, user, schema, schemaName }: ChatRequest): object {
    const { model, maxTokens } = this.#options;
    const format = FORMATS[this.#format];
    return {
      model,
      messages: [
        {
          role: 'system',
          content:
            format === 'json_schema'
              ? system
              : `${system}\n\nAnswer with one JSON object that this JSON Schema describes, and nothing else:\n${JSON.stringify(schema)}`,
        },
        { role: 'user', content: user },
      ],
      stream: false,
      ...(maxTokens > 0 && { max_tokens: maxTokens }),
      ...(format === 'json_schema' && {
        response_format: { type: 'json_schema', json_schema: { name: schemaName, strict: true, schema } },
      }),
      ...(format === 'json_object' && { response_format: { type: 'json_object' } }),
    };
  }

  #rejection({ status, headers }: Response, text: string): Attempt {
    const code = this.#errorCode(text);
    const message = `The server responded with status ${status}${code === null ? '' : ` (${code})`}.`;
    if (status >= 300 && status < 400)
      return {
        kind: 'failed',
        message: `${message} Redirects are not followed; expected MODEL_URL to name the server itself.`,
        isFatal: true,
      };
    if (RETRIED.has(status)) return { kind: 'retry', message, afterMs: retryAfterOf(headers.get('retry-after')) };
    if (status === 401 || status === 403)
      return { kind: 'failed', message: `${message} Expected a valid MODEL_KEY.`, isFatal: true };
    if (status === 404)
      return { kind: 'failed', message: `${message} Expected a valid MODEL_URL and MODEL_NAME.`, isFatal: true };
    if (UNSUPPORTED.has(status)) return { kind: 'unsupported', message };
    return { kind: 'failed', message };
  }

  /** The code of an error, if it is a plain word. The rest of the body is not shown: servers repeat keys and texts in it. */
  #errorCode(text: string): string | null {
    const error = (parseJson(text) as { error?: { code?: unknown; type?: unknown } } | undefined)?.error;
    const code = error?.code ?? error?.type;
    const { key } = this.#options;
    if (typeof code !== 'string' || !/^[a-z_]{3,40}$/.test(code)) return null;
    return key !== null && (code.includes(key) || key.includes(code)) ? null : code;
  }
}

/** The body as text; null if it is too large. It is read no further than the limit. */
async function readLimited(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // The types of browsers, which some programs add, have streams without iteration.
  for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop cancels the rest.
    if (size > MAX_RESPONSE_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function replyOf(text: string): Attempt {
  const failed = (message: string, usage?: Usage): Attempt => ({ kind: 'failed', message, ...(usage && { usage }) });
  const body = parseJson(text);
  if (!isObject(body)) return failed('The response is not JSON; expected MODEL_URL to be that of a chat API.');
  const usage = usageOf(body['usage']);
  const choices = body['choices'];
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = isObject(choice) ? choice['message'] : undefined;
  if (!isObject(choice) || !isObject(message))
    return failed('The response has no choices; expected a chat completion.');
  if (typeof message['refusal'] === 'string' || choice['finish_reason'] === 'content_filter')
    return failed('The model refused.', usage);
  if (choice['finish_reason'] === 'length')
    return failed('The response was cut off; expected a larger MODEL_MAX_TOKENS.', usage);
  if (typeof message['content'] !== 'string') return failed('The response has no text.', usage);
  return { kind: 'reply', reply: { content: message['content'], usage } };
}

function usageOf(value: unknown): Usage {
  const count = (name: string): number => {
    const found = isObject(value) ? value[name] : undefined;
    return Number.isSafeInteger(found) && (found as number) >= 0 ? (found as number) : 0;
  };
  return { input: count('prompt_tokens'), output: count('completion_tokens') };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Undefined if the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds or a date; null if the header is missing or not valid. */
function retryAfterOf(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
