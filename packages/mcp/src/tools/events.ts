import { AssistantEventsDocument, eventKindValues, eventStatusValues } from '@dossier/client';
import { z } from 'zod';
import { NO_PAGE, pageOf } from '../present.js';
import {
  actorRef,
  after,
  anyOf,
  background,
  dateSpan,
  day,
  first,
  idArgument,
  pageInfo,
  statementRef,
  support,
} from '../schemas.js';
import { defineTool } from '../tool.js';

export const listEvents = defineTool({
  name: 'list_events',
  title: 'List events',
  description:
    'Lists events in chronological order: what happened, what is only planned and what is alleged (`status`), with the precision of each date, the participants and the statements about it.',
  input: z.strictObject({
    kind: anyOf(eventKindValues).optional(),
    status: anyOf(eventStatusValues).optional(),
    participant: idArgument('polity:north-korea').optional(),
    place: idArgument('place:yelenovka-detention-center').optional(),
    from: day.optional().describe('Only events that may have happened on this day or later.'),
    until: day.optional().describe('Only events that may have happened on this day or earlier.'),
    first: first(10),
    after,
  }),
  output: z.object({
    events: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        kind: z.string(),
        status: z.string().describe('OCCURRED, PLANNED or ALLEGED. A planned event has not happened.'),
        date: dateSpan,
        note: z.string().nullable(),
        place: z.object({ id: z.string(), name: z.string() }).nullable(),
        participants: z.array(z.object({ role: z.string(), actor: actorRef })),
        background,
        statements: z.array(statementRef).nullable(),
        ...support,
      }),
    ),
    ...pageInfo,
  }),
  example: { kind: ['UN_VOTE'] },
  call: async (args, { run, supported }) => {
    const { events } = await run(AssistantEventsDocument, {
      first: args.first,
      after: args.after ?? null,
      kind: args.kind ?? null,
      status: args.status ?? null,
      participant: args.participant ?? null,
      place: args.place ?? null,
      from: args.from ?? null,
      until: args.until ?? null,
    });
    return { events: (events?.nodes ?? []).map(supported), ...(events ? pageOf(events) : NO_PAGE) };
  },
});
