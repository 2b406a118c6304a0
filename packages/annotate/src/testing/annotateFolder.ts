import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChangeAnswer, ErrorAnswer, StateAnswer } from '../api.js';
import { type Preview, startAnnotate } from '../server/index.js';

const EXAMPLES = join(import.meta.dirname, '..', '..', '..', '..', 'examples');

interface Answer<T> {
  status: number;
  body: T & ErrorAnswer;
}

export interface TestAnnotate {
  seedsDir: string;
  documentsDir: string;
  /** Without the token. */
  url: string;
  token: string;
  /** The cookie of a page that has signed in. */
  cookie: string;
  get: <T>(path: string) => Promise<Answer<T>>;
  post: <T>(path: string, body?: unknown) => Promise<Answer<T>>;
  state: () => Promise<StateAnswer>;
  /** A change that is based on the current files. */
  change: (change: unknown) => Promise<Answer<ChangeAnswer>>;
  /** A selection of words of the example, by their first occurrence. */
  selection: (words: string) => { start: number; end: number; words: string };
  read: (file: string) => string;
  write: (file: string, source: string) => void;
  close: () => Promise<void>;
}

/** The server for a copy of the example document. */
export async function annotateExample({
  preview,
  text,
}: {
  preview?: Preview;
  text?: boolean;
} = {}): Promise<TestAnnotate> {
  const dir = mkdtempSync(join(tmpdir(), 'annotate-'));
  const [seedsDir, documentsDir] = [join(dir, 'seeds'), join(dir, 'documents')];
  cpSync(join(EXAMPLES, 'seeds'), seedsDir, { recursive: true });
  cpSync(join(EXAMPLES, 'documents'), documentsDir, { recursive: true });
  const words = readFileSync(join(documentsDir, 'salt-strait-77.txt'), 'utf8');
  const running = await startAnnotate({
    seedsDir,
    documentsDir: text === false ? null : documentsDir,
    folder: 'salt-strait-77',
    port: 0,
    ...(preview && { preview }),
  });
  const [url = '', token = ''] = running.url.split('#token=');
  const signedIn = await fetch(`${url}api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const call = async <T>(path: string, init: RequestInit): Promise<Answer<T>> => {
    const response = await fetch(new URL(path, url), {
      ...init,
      headers: { cookie, 'content-type': 'application/json' },
    });
    return { status: response.status, body: (await response.json()) as T & ErrorAnswer };
  };
  const post = <T>(path: string, body: unknown = {}) => call<T>(path, { method: 'POST', body: JSON.stringify(body) });
  const state = async () => (await post<StateAnswer>('/api/state')).body;
  return {
    seedsDir,
    documentsDir,
    url,
    token,
    cookie,
    get: (path) => call(path, { method: 'GET' }),
    post,
    state,
    change: async (change) => post<ChangeAnswer>('/api/changes', { change, base: (await state()).files }),
    selection: (selected) => {
      const start = [...words.slice(0, words.indexOf(selected))].length;
      return { start, end: start + [...selected].length, words: selected };
    },
    read: (file) => readFileSync(join(seedsDir, 'salt-strait-77', file), 'utf8'),
    write: (file, source) => writeFileSync(join(seedsDir, 'salt-strait-77', file), source),
    close: async () => {
      await running.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
