import type { ServerResponse } from 'node:http';
import { keptByText } from '@dossier/limits';
import type { GraphQLFormattedError } from 'graphql';
import type { Asked } from './asked.js';
import { brief, tellFirst } from './brevity.js';
import type { Prepared, Runnable } from './engine.js';
import { tagBy, USUAL_POLICY } from './entityTag.js';
import type { OneATurn } from './oneATurn.js';
import type { ClientContext } from './requestContext.js';
import type { ResponseCache, Source } from './responseCache.js';
import { SharedRun } from './sharedRun.js';

const MEMBERS = new Set(['query', 'operationName', 'variables']);

interface Ready {
  /** Stands for the operation in the keys of answers: shorter than its text. */
  id: number;
  runnable: Runnable;
  /** Whether two who ask the same may have the same answer: it changes nothing, and may be kept for everybody. */
  isShared: boolean;
  sources: readonly Source[];
  /** Seconds that an answer may be kept. */
  maxAge: number;
}

interface Running {
  run: SharedRun<string | null>;
  /** When it began, by the clock of the answers that are kept. */
  begun: number;
}

interface Known extends Ready {
  variables: Record<string, unknown>;
}

/**
 * Operations that Apollo Server has parsed, validated and run before. The same operation again needs none of that: it is
 * answered at once, with the same bytes. Those who ask the same at the same time share one run.
 */
export class FastLane {
  readonly #ready = keptByText<Ready>();
  readonly #running = new Map<string, Running>();
  #seen = 0;
  readonly #cache: ResponseCache | null;
  readonly #told: (error: GraphQLFormattedError) => void;

  /** `told` hears of every error in an answer. */
  constructor(cache: ResponseCache | null, told: (error: GraphQLFormattedError) => void) {
    this.#cache = cache;
    this.#told = told;
  }

  keep(source: string, operationName: string | null, { run, sources = [], policy }: Prepared, isQuery: boolean): void {
    const { maxAge, isPrivate } = policy ?? USUAL_POLICY;
    const ready: Ready = { id: ++this.#seen, runnable: run, isShared: isQuery && maxAge > 0 && !isPrivate, sources: this.#cache?.sourcesOf(sources) ?? [], maxAge };
    this.#ready.set(keyOf(source, operationName), ready);
  }

  /** Forgets the operations and their answers, since what runs them was replaced. */
  forget(): void {
    this.#ready.clear();
    this.#cache?.clear();
  }

  /**
   * The answer to what is asked for, as text: at once where it is kept. Null where it is not one for this lane, and Apollo
   * Server has to see it. `byGet` is the response to a GET. Where `turns` are given, it is run when it has one.
   */
  answer(given: Asked, byGet: ServerResponse | null, contextOf: () => ClientContext, turns: OneATurn | null): Promise<string | null> | string | null {
    const asked = this.#known(given);
    if (!asked) return null;
    if (byGet) {
      // By GET nothing may be changed; and its answer tells how long it may be kept.
      if (!asked.isShared) return null;
      tagBy(byGet, { maxAge: asked.maxAge, isPrivate: false });
    }
    const cache = this.#cache;
    if (!cache || !asked.isShared) return this.#run(asked, contextOf(), turns);
    const key = `${asked.id}\n${JSON.stringify(asked.variables)}`;
    return cache.get(key) ?? this.#share(key, asked, cache, contextOf(), turns);
  }

  /** One run for all who ask the same at the same time. */
  #share(key: string, asked: Known, cache: ResponseCache, client: ClientContext, turns: OneATurn | null): Promise<string | null> {
    const running = this.#running.get(key);
    if (running && !running.run.isAborted && !cache.hasChanged(asked.sources, running.begun)) return running.run.join(client);
    const begun = cache.clock;
    const run = new SharedRun(client, (shared) =>
      this.#run(asked, shared, turns, (text) => cache.set(key, text, asked.sources, begun, asked.maxAge)).finally(() => {
        if (this.#running.get(key)?.run === run) this.#running.delete(key);
      }),
    );
    this.#running.set(key, { run, begun });
    return run.join(client);
  }

  /** Runs an operation. `onWhole` is given the text of an answer that has no errors. */
  async #run({ runnable, variables }: Known, request: object, turns: OneATurn | null, onWhole?: (text: string) => void): Promise<string | null> {
    const { data, errors: all } = await (turns ? turns.run(() => runnable(variables, request)) : runnable(variables, request));
    // An operation that was not run has a status of its own.
    if (data === undefined) return null;
    const errors = all && tellFirst(all);
    const text = `${JSON.stringify(errors ? { errors: errors.map(brief), data } : { data })}\n`;
    if (errors) for (const error of errors) this.#told(error);
    else onWhole?.(text);
    return text;
  }

  #known(asked: Asked): Known | null {
    for (const member in asked) if (!MEMBERS.has(member)) return null;
    const { query, operationName = null, variables = null } = asked;
    if (typeof query !== 'string' || (operationName !== null && typeof operationName !== 'string')) return null;
    if (typeof variables !== 'object' || Array.isArray(variables)) return null;
    const ready = this.#ready.get(keyOf(query, operationName));
    return ready ? { ...ready, variables: (variables ?? {}) as Record<string, unknown> } : null;
  }
}

const keyOf = (source: string, operationName: string | null): string => (operationName === null ? source : `${operationName}\n${source}`);
