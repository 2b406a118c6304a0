export type Attributes = Record<string, string | number | boolean>;

/** `server` for an incoming request, `client` for an outgoing one, `internal` for work within the process. */
export type SpanKind = 'internal' | 'server' | 'client';

/** A span in progress. */
export interface Span {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Starts a child span. */
  startChild: (name: string, kind: SpanKind, attributes?: Attributes) => Span;
  /** Headers that make this span the parent of a span in another process (W3C Trace Context). */
  injectHeaders: () => Record<string, string>;
  setAttributes: (attributes: Attributes) => void;
  /** Ends the span; with status ERROR if a failure is given. */
  end: (failure?: string) => void;
}

export type Headers = Record<string, string | string[] | undefined>;

/** Starts spans, and exports ended ones to a collector. */
export interface Tracer {
  /** Starts the span of a request, a child of the client's span if the headers contain one. */
  startSpan: (name: string, headers: Headers, attributes: Attributes) => Span;
  /** Exports the remaining spans and stops. */
  stop: () => Promise<void>;
}

export interface TracerOptions {
  /** Base URL of an OpenTelemetry collector; spans are sent to its `/v1/traces`. */
  endpoint: string;
  /** Headers of the requests to it, e.g. for authentication. */
  headers: Record<string, string>;
  /** Name of the process. */
  service: string;
  /** Called when spans could not be exported. */
  warn: (message: string) => void;
}
