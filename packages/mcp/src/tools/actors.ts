import {
  AssistantActorDocument,
  AssistantMentionsDocument,
  AssistantPlaceMentionsDocument,
  mentionFormValues,
} from '@dossier/client';
import { z } from 'zod';
import { NO_PAGE, pageOf } from '../present.js';
import { actorRef, after, anyOf, first, idArgument, pageInfo, passage, support } from '../schemas.js';
import { defineTool } from '../tool.js';

const named = z.object({ id: z.string(), name: z.string() });

export const getActor = defineTool({
  name: 'get_actor',
  title: 'Get an actor',
  description:
    'Returns a person, polity, organization, outlet or group: names, identifiers, offices, affiliations and sanctions listings. Actors with similar names are different actors; read `note` and the cautions of the aliases.',
  input: z.strictObject({ id: idArgument('person:rodion-miroshnik') }),
  output: z.object({
    actor: named
      .extend({
        kind: z.string(),
        description: z.string().nullable(),
        note: z.string().nullable(),
        aliases: z.array(
          z.object({
            text: z.string(),
            lang: z.string().nullable(),
            inDocument: z.boolean().describe('Whether a document uses it.'),
            caution: z.string().nullable(),
          }),
        ),
        identifiers: z.array(z.object({ scheme: z.string(), value: z.string(), url: z.string().nullable() })),
        affiliations: z.array(z.object({ to: named })),
        offices: z
          .array(z.object({ id: z.string(), title: z.string(), organization: actorRef, host: actorRef }))
          .nullable()
          .describe('Null unless the actor is a person.'),
        status: z.string().nullable().describe('Of a polity, e.g. BREAKAWAY_ENTITY; null for other actors.'),
        targetedBy: z.array(named).nullable().describe('Sanctions regimes against it; null if not available.'),
        designations: z
          .array(
            z.object({
              id: z.string(),
              listedOn: z.string(),
              delistedOn: z.string().nullable(),
              regime: named,
            }),
          )
          .nullable(),
        statementCount: z.number().int().nullable(),
        mentionCount: z.number().int().nullable(),
        ...support,
      })
      .nullable()
      .describe('Null if no actor has this id.'),
  }),
  example: { id: 'person:rodion-miroshnik' },
  call: async ({ id }, { run, supported }) => {
    const { actor } = await run(AssistantActorDocument, { id });
    if (!actor) return { actor: null };
    const { statements, mentions, ...rest } = actor;
    return {
      actor: {
        ...supported(rest),
        offices: 'offices' in rest ? rest.offices : null,
        status: 'status' in rest ? rest.status : null,
        statementCount: statements?.totalCount ?? null,
        mentionCount: mentions?.totalCount ?? null,
      },
    };
  },
});

export const listMentions = defineTool({
  name: 'list_mentions',
  title: 'List mentions of an actor or a place',
  description:
    'Lists where documents mention an actor or a place, and in which form (name, abbreviation, pronoun …), in document order.',
  input: z.strictObject({
    id: idArgument('polity:dpr').describe('The id of an actor or a place, e.g. polity:dpr or place:donetsk.'),
    document: idArgument('document:memri-sd-10149').optional().describe('Only mentions in this document.'),
    form: anyOf(mentionFormValues).optional(),
    first: first(20),
    after,
  }),
  output: z.object({
    of: named.extend({ note: z.string().nullable() }).nullable().describe('Null if no actor or place has this id.'),
    mentions: z
      .array(z.object({ form: z.string(), citation: passage }))
      .nullable()
      .describe('Null if they could not be fetched, or nothing has this id.'),
    ...pageInfo,
  }),
  example: { id: 'polity:dpr', first: 10 },
  call: async ({ id, document = null, form = null, first, after = null }, { run, passage }) => {
    const variables = { id, document, form, first, after };
    const party = id.startsWith('place:')
      ? (await run(AssistantPlaceMentionsDocument, variables)).place
      : (await run(AssistantMentionsDocument, variables)).actor;
    if (!party) return { of: null, mentions: null, ...NO_PAGE };
    const { mentions } = party;
    return {
      of: { id: party.id, name: party.name, note: party.note },
      mentions: mentions?.nodes.map(({ form, citation }) => ({ form, citation: passage(citation) })) ?? null,
      ...(mentions ? pageOf(mentions) : NO_PAGE),
    };
  },
});
