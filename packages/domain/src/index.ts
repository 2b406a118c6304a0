export { citationId, type Passage, parseCitationId } from './citation.js';
export { type DayRange, isCalendarDay, spanOf } from './dates.js';
export { ExactDecimal, parseDecimal } from './decimal.js';
export { badUserInput } from './errors.js';
export { ACTOR_TYPES, type ActorType, actorTypeOfId, type NodeType, typeOfId } from './ids.js';
export { scalarResolvers } from './scalars.js';
export { subgraphTypeDefs } from './sdl.js';
export { type BackgroundFact, type DateSpan, dateSpan, type Reference, timeKey } from './span.js';
export { CodePointText, countBelow, passageDigest } from './text.js';
