// What programs need that read or check facts but serve no graph: all but what loads graphql, which would take a sixth of the time of a short
// command.
export { citationId, type Passage, parseCitationId } from './citation.js';
export { type DayRange, isCalendarDay, spanOf } from './dates.js';
export { ExactDecimal, parseDecimal } from './decimal.js';
export { ACTOR_TYPES, type ActorType, actorTypeOfId, type NodeType, typeOfId } from './ids.js';
export {
  type BackgroundFact,
  type DateSpan,
  dateSpan,
  MAX_DAYS,
  MS_PER_DAY,
  type Reference,
  SPAN_LENGTHS,
  type SpanLength,
  spanLength,
  timeKey,
} from './span.js';
export { CodePointText, countBelow, passageDigest } from './text.js';
export { expectedUnits, isCurrency, KINDS_OF_MEASURE, type UnitKind, unitKind } from './units.js';
export { fromWorkspace, npmScript, serviceCommand, workspaceRoot } from './workspace.js';
