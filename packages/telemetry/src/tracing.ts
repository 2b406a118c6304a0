import type { Attributes, Headers, Span, Tracer, TracerOptions } from './span.js';

// One process has one tracer: what it does is one service to a collector.
let tracer: Tracer | null = null;

// On the object itself, since Apollo Server copies what a request carries, and its symbols with it.
const SPAN = Symbol('span');
type Traced = { [SPAN]?: Span };

/** Starts to trace. The OpenTelemetry packages are loaded here, so that a process that does not trace pays nothing for them. */
export async function startTracing(options: TracerOptions): Promise<void> {
  const { openTelemetry } = await import('./openTelemetry.js');
  tracer = openTelemetry(options);
}

/** Sends what is not sent yet, and traces no more. */
export async function stopTracing(): Promise<void> {
  const stopping = tracer;
  tracer = null;
  await stopping?.stop();
}

export const isTracing = (): boolean => tracer !== null;

/** Begins the span of a request that came in. `request` is any object that stands for it. */
export function beginRequest(request: object, name: string, headers: Headers, attributes: Attributes): void {
  if (tracer) enter(request, tracer.begin(name, headers, attributes));
}

/** The span that `work` is in; undefined where nothing is traced. */
export const spanOf = (work: object): Span | undefined => (tracer ? (work as Traced)[SPAN] : undefined);

/** Puts `heir` into the span of `work`. */
export function inherit<T extends object>(work: object, heir: T): T {
  const span = spanOf(work);
  if (span) enter(heir, span);
  return heir;
}

/** Puts `work` into a span. */
export function enter(work: object, span: Span): void {
  (work as Traced)[SPAN] = span;
}

/** Runs a part of `work` in a span of its own, a child of the one that `work` is in. */
export function inSpan<T>(work: object, name: string, run: () => T): T {
  const parent = spanOf(work);
  if (!parent) return run();
  const span = parent.child(name, 'internal');
  enter(work, span);
  const end = (failure?: string) => {
    enter(work, parent);
    span.end(failure);
  };
  try {
    const result = run();
    if (!(result instanceof Promise)) {
      end();
      return result;
    }
    return result.then(
      (value) => {
        end();
        return value;
      },
      (error: unknown) => {
        end(String(error));
        throw error;
      },
    ) as T;
  } catch (error) {
    end(String(error));
    throw error;
  }
}
