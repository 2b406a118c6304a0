import {
  type Context,
  DiagLogLevel,
  diag,
  type Span as OtSpan,
  type Tracer as OtTracer,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Kind, Span, Tracer, TracerOptions } from './span.js';

const KINDS: Record<Kind, SpanKind> = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT };
/** How long one sending may take; a process that stops waits no longer for the last. */
const SENDING_MS = 2_000;

const propagator = new W3CTraceContextPropagator();
const reading = {
  get: (headers: Record<string, unknown>, name: string) => headers[name] as string | undefined,
  keys: Object.keys,
};
const writing = {
  set: (headers: Record<string, string>, name: string, value: string) => void Object.assign(headers, { [name]: value }),
};

/** A tracer on the OpenTelemetry SDK. Which requests are sampled, and how spans are batched, is set by the SDK's own `OTEL_*` variables. */
export function openTelemetry({ endpoint, service, warn }: TracerOptions): Tracer {
  const say = (message: string) => warn(message);
  diag.setLogger(
    { error: say, warn: say, info: () => {}, debug: () => {}, verbose: () => {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: SENDING_MS,
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.namespace': 'dossier', 'service.name': `dossier-${service}` }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('dossier');
  return {
    begin: (name, headers, attributes) =>
      spanIn(tracer, propagator.extract(ROOT_CONTEXT, headers, reading), name, 'server', attributes),
    stop: async () => {
      const patience = new Promise((resolve) => setTimeout(resolve, SENDING_MS).unref());
      await Promise.race([provider.shutdown().catch((error: unknown) => warn(String(error))), patience]);
    },
  };
}

function spanIn(
  tracer: OtTracer,
  parent: Context,
  name: string,
  kind: Kind,
  attributes: Record<string, string | number | boolean> = {},
): Span {
  const span: OtSpan = tracer.startSpan(name, { kind: KINDS[kind], attributes }, parent);
  const context = trace.setSpan(parent, span);
  return {
    traceId: span.spanContext().traceId,
    child: (childName, childKind, childAttributes) => spanIn(tracer, context, childName, childKind, childAttributes),
    headers: () => {
      const headers: Record<string, string> = {};
      propagator.inject(context, headers, writing);
      return headers;
    },
    add: (more) => void span.setAttributes(more),
    end: (failure) => {
      if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
      span.end();
    },
  };
}
