import {
  type Context,
  DiagLogLevel,
  diag,
  type Span as OtSpan,
  SpanKind as OtSpanKind,
  type Tracer as OtTracer,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Span, SpanKind, Tracer, TracerOptions } from './span.js';

const KINDS: Record<SpanKind, OtSpanKind> = {
  internal: OtSpanKind.INTERNAL,
  server: OtSpanKind.SERVER,
  client: OtSpanKind.CLIENT,
};
/** Timeout of an export, in milliseconds; also how long a stopping process waits for the last one. */
const EXPORT_TIMEOUT_MS = 2_000;

const propagator = new W3CTraceContextPropagator();
const getter = {
  get: (headers: Record<string, unknown>, name: string) => headers[name] as string | undefined,
  keys: Object.keys,
};
const setter = {
  set: (headers: Record<string, string>, name: string, value: string) => void Object.assign(headers, { [name]: value }),
};

/** A tracer with the OpenTelemetry SDK. Its `OTEL_*` environment variables configure sampling and batching. */
export function openTelemetry({ endpoint, headers, service, warn }: TracerOptions): Tracer {
  diag.setLogger(
    { error: warn, warn, info: () => {}, debug: () => {}, verbose: () => {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    headers,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.namespace': 'dossier', 'service.name': `dossier-${service}` }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('dossier');
  return {
    startSpan: (name, headers, attributes) =>
      spanIn(tracer, propagator.extract(ROOT_CONTEXT, headers, getter), name, 'server', attributes),
    stop: async () => {
      const timeout = new Promise((resolve) => setTimeout(resolve, EXPORT_TIMEOUT_MS).unref());
      await Promise.race([provider.shutdown().catch((error: unknown) => warn(String(error))), timeout]);
    },
  };
}

function spanIn(
  tracer: OtTracer,
  parent: Context,
  name: string,
  kind: SpanKind,
  attributes: Record<string, string | number | boolean> = {},
): Span {
  const span: OtSpan = tracer.startSpan(name, { kind: KINDS[kind], attributes }, parent);
  const context = trace.setSpan(parent, span);
  return {
    traceId: span.spanContext().traceId,
    startChild: (childName, childKind, childAttributes) =>
      spanIn(tracer, context, childName, childKind, childAttributes),
    injectHeaders: () => {
      const headers: Record<string, string> = {};
      propagator.inject(context, headers, setter);
      return headers;
    },
    setAttributes: (more) => void span.setAttributes(more),
    end: (failure) => {
      if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
      span.end();
    },
  };
}
