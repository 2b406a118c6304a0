import { AssistantSearchDocument } from '@dossier/client';
import { z } from 'zod';
import { pageOf } from '../present.js';
import { after, claim, first, pageInfo, passage } from '../schemas.js';
import { defineTool } from '../tool.js';

export const search = defineTool({
  name: 'search',
  title: 'Search statements and actors',
  description:
    'Finds statements and actors by words. Words are searched in our summaries, in names and aliases, and in the texts of documents if the operator has indexed them. Use the ids of the results with the other tools.',
  input: z.strictObject({
    words: z.string().min(1).max(500).describe('Words to search, e.g. labour migration, or a name.'),
    first: first(5),
    after,
  }),
  output: z.object({
    statements: z
      .object({
        items: z.array(
          z.object({
            statement: claim,
            matchedIn: z.string().nullable().describe('SUMMARY, or PASSAGE if only the words of the document match.'),
            matchedPassages: z.array(passage),
          }),
        ),
        ...pageInfo,
      })
      .nullable()
      .describe('Null if they could not be fetched.'),
    actors: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          kind: z.string(),
          description: z.string().nullable(),
          note: z.string().nullable(),
        }),
      )
      .nullable()
      .describe('At most 10 actors; null if they could not be fetched.'),
  }),
  example: { words: 'labour', first: 2 },
  call: async ({ words, first, after = null }, { run, claim, passage }) => {
    const { statements, actors } = await run(AssistantSearchDocument, { words, first, after });
    return {
      statements: statements && {
        items: statements.edges.map(({ node, matchedIn, matchedCitations }) => ({
          statement: claim(node),
          matchedIn,
          matchedPassages: (matchedCitations ?? []).map(passage),
        })),
        ...pageOf(statements),
      },
      actors: actors?.nodes ?? null,
    };
  },
});
