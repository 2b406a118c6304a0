export type { Span } from './span.js';
export { beginRequest, enter, inherit, inSpan, isTracing, spanOf, startTracing, stopTracing } from './tracing.js';
