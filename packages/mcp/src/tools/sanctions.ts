import {
  AssistantProvisionDocument,
  AssistantProvisionsInForceDocument,
  AssistantRegimesDocument,
  measureKindValues,
} from '@dossier/client';
import { z } from 'zod';
import { NO_PAGE, pageOf } from '../present.js';
import {
  actorRef,
  after,
  anyOf,
  background,
  claim,
  dateSpan,
  day,
  first,
  idArgument,
  pageInfo,
  support,
} from '../schemas.js';
import { defineTool } from '../tool.js';

const provision = z.object({
  id: z.string(),
  paragraph: z.string(),
  paragraphSource: z.string().nullable().describe('Where the number of the paragraph comes from.'),
  measure: z.string(),
  direction: z.string(),
  summary: z.string(),
  cap: z.string().nullable(),
  deadline: z.string().nullable(),
  inForceFrom: z.string(),
  inForceUntil: z.string().nullable().describe('Last day; null if no end is recorded.'),
  replacedBy: z.object({ id: z.string() }).nullable(),
  instrument: z.object({ id: z.string(), symbol: z.string(), title: z.string() }),
  ...support,
});

export const getProvision = defineTool({
  name: 'get_provision',
  title: 'Get a provision, and whether it was in force on a day',
  description:
    'Returns a provision of a sanctions instrument, whether it was in force on a given day, and the statements that bear on it: how, with what confidence, and why. A link is our reading, not the finding of a court.',
  input: z.strictObject({
    id: idArgument('provision:unscr-2397/8'),
    on: day.optional().describe('The day for `isInForce`.'),
    first: first(10),
    after,
  }),
  output: z.object({
    provision: provision.nullable().describe('Null if no provision has this id.'),
    isInForce: z.boolean().nullable().describe('Whether it was in force on `on`; null without `on`.'),
    links: z.array(
      z.object({
        id: z.string(),
        relation: z.string(),
        confidence: z.string(),
        rationale: z.string(),
        basis: z.string(),
        statement: claim.nullable().describe('Null if it could not be fetched.'),
      }),
    ),
    ...pageInfo,
  }),
  example: { id: 'provision:unscr-2397/8', on: '2022-08-19', first: 3 },
  call: async ({ id, on, first, after = null }, { run, claim, supported }) => {
    const data = await run(AssistantProvisionDocument, { id, first, after });
    if (!data.provision) return { provision: null, isInForce: null, links: [], ...NO_PAGE };
    const { links, ...rest } = data.provision;
    const { inForceFrom, inForceUntil } = rest;
    return {
      provision: supported(rest),
      isInForce: on === undefined ? null : inForceFrom <= on && (inForceUntil === null || on <= inForceUntil),
      links: links.nodes.map(({ statement, ...link }) => ({ ...link, statement: statement && claim(statement) })),
      ...pageOf(links),
    };
  },
});

export const listProvisions = defineTool({
  name: 'list_provisions',
  title: 'List provisions in force on a day',
  description: 'Lists the provisions of sanctions instruments, of one regime or of all, that were in force on a day.',
  input: z.strictObject({
    on: day.optional().describe('Only provisions in force on this day.'),
    regime: idArgument('regime:un-dprk').optional(),
    measure: anyOf(measureKindValues).optional(),
    first: first(10),
    after,
  }),
  output: z.object({ provisions: z.array(provision), ...pageInfo }),
  example: { on: '2022-08-19', regime: 'regime:un-dprk', measure: ['LABOUR'], first: 5 },
  call: async ({ on = null, regime = null, measure = null, first, after = null }, { run, supported }) => {
    const { provisions } = await run(AssistantProvisionsInForceDocument, { on, regime, measure, first, after });
    return { provisions: (provisions?.nodes ?? []).map(supported), ...(provisions ? pageOf(provisions) : NO_PAGE) };
  },
});

export const listRegimes = defineTool({
  name: 'list_regimes',
  title: 'List sanctions regimes',
  description:
    'Lists sanctions regimes with their authority, targets and instruments. `basis` and `background` separate what the documents say from what was added from other sources.',
  input: z.strictObject({ first: first(10), after }),
  output: z.object({
    regimes: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        note: z.string().nullable(),
        authority: actorRef,
        targets: z.array(actorRef),
        background,
        instruments: z.array(
          z.object({
            id: z.string(),
            symbol: z.string(),
            title: z.string(),
            adoptedOn: dateSpan,
            note: z.string().nullable(),
            basis: z.string(),
          }),
        ),
        ...support,
      }),
    ),
    ...pageInfo,
  }),
  example: { first: 5 },
  call: async ({ first, after = null }, { run, supported }) => {
    const { regimes } = await run(AssistantRegimesDocument, { first, after });
    return { regimes: (regimes?.nodes ?? []).map(supported), ...(regimes ? pageOf(regimes) : NO_PAGE) };
  },
});
