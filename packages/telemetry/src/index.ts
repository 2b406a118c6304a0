export type { Span } from './span.js';
export {
  inheritSpan,
  inSpan,
  isTracing,
  setSpan,
  spanOf,
  startRequestSpan,
  startTracing,
  stopTracing,
} from './tracing.js';
