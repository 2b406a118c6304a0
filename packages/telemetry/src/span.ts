export type Attributes = Record<string, string | number | boolean>;

/** Whose side of a call a span is: ours, of a request that came in, or of one that went out. */
export type Kind = 'internal' | 'server' | 'client';

/** A stretch of work that is under way. */
export interface Span {
  /** The trace that it is part of: 32 hexadecimal digits. */
  readonly traceId: string;
  /** Begins a part of it. */
  child: (name: string, kind: Kind, attributes?: Attributes) => Span;
  /** Headers by which another process takes it for the parent of its own (W3C Trace Context). */
  headers: () => Record<string, string>;
  add: (attributes: Attributes) => void;
  /** Ends it; with a sentence, as failed. */
  end: (failure?: string) => void;
}

export type Headers = Record<string, string | string[] | undefined>;

/** Begins spans and sends those that have ended to a collector. */
export interface Tracer {
  /** Begins the span of a request, under the client's own where its headers name one. */
  begin: (name: string, headers: Headers, attributes: Attributes) => Span;
  /** Sends what is not sent yet, and ends. */
  stop: () => Promise<void>;
}

export interface TracerOptions {
  /** Base URL of an OpenTelemetry collector; spans go to `/v1/traces` of it. */
  endpoint: string;
  /** Name of the process among others. */
  service: string;
  /** Told of spans that could not be sent. */
  warn: (message: string) => void;
}
