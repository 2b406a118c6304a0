import type { Attributes, Headers, Span, Tracer, TracerOptions } from './span.js';

// One tracer per process, since a process is one service to the collector.
let tracer: Tracer | null = null;

// A property rather than a WeakMap, because Apollo Server clones the request context, including its symbols.
const SPAN = Symbol('span');
type Traced = { [SPAN]?: Span };

/** Starts tracing. Loads the OpenTelemetry packages on demand, so that they cost nothing without tracing. */
export async function startTracing(options: TracerOptions): Promise<void> {
  const { openTelemetry } = await import('./openTelemetry.js');
  tracer = openTelemetry(options);
}

/** Exports the remaining spans and stops tracing. */
export async function stopTracing(): Promise<void> {
  const current = tracer;
  tracer = null;
  await current?.stop();
}

export const isTracing = (): boolean => tracer !== null;

/** Starts the span of an incoming request. `request` may be any object that represents it. */
export function startRequestSpan(request: object, name: string, headers: Headers, attributes: Attributes): void {
  if (tracer) setSpan(request, tracer.startSpan(name, headers, attributes));
}

/** The current span of an object; undefined if it has none or tracing is off. */
export const spanOf = (object: object): Span | undefined => (tracer ? (object as Traced)[SPAN] : undefined);

/** Sets the span of `from` as the span of `to`. */
export function inheritSpan<T extends object>(from: object, to: T): T {
  const span = spanOf(from);
  if (span) setSpan(to, span);
  return to;
}

/** Sets the current span of an object. */
export function setSpan(object: object, span: Span): void {
  (object as Traced)[SPAN] = span;
}

/** Runs a function in a child of the object's span. Does nothing else if the object has none. */
export function inSpan<T>(object: object, name: string, run: () => T): T {
  const parent = spanOf(object);
  if (!parent) return run();
  const span = parent.startChild(name, 'internal');
  setSpan(object, span);
  const end = (failure?: string) => {
    setSpan(object, parent);
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
