import { actorCount, COMMON_WORD, DOCUMENT_STATEMENTS, documentOf, WORDS, wordAt } from './data.mjs';
import { Random } from './random.mjs';

const padded = (index) => String(index).padStart(7, '0');

const SEARCH =
  'query Search($search: String!, $first: Int!) { statements(filter: { search: $search }, first: $first) { nodes { id summary attribution { speakers { id name } } } pageInfo { hasNextPage } } }';

/**
 * The operations, each with variables that vary from request to request. `at` numbers the requests, so that every
 * contender receives the same.
 */
export function operations(size) {
  const documents = Math.ceil(size / DOCUMENT_STATEMENTS);
  const actors = actorCount(size);
  const statementAt = (random) => {
    const document = random.below(documents);
    return `statement:${documentOf(document)}/S${padded(random.below(Math.min(DOCUMENT_STATEMENTS, size - document * DOCUMENT_STATEMENTS)))}`;
  };
  const KINDS = ['person', 'polity', 'organization', 'outlet', 'group'];
  const actorAt = (random) => {
    const index = random.zipf(actors);
    return `${KINDS[index % 5]}:bench-${index}`;
  };
  return {
    lookup: {
      query: 'query Lookup($id: ID!) { statement(id: $id) { id summary modality } }',
      variables: (random) => ({ id: statementAt(random) }),
    },
    page: {
      query: `query Page($actor: ID!, $first: Int!) {
        actor(id: $actor) { id name statements(first: $first, role: [SPEAKER]) {
          nodes { id summary modality attribution { status speakers { id name } } provisionLinks { relation provision { id paragraph } } tradeFigures { id value unit } }
          pageInfo { hasNextPage } } } }`,
      variables: (random) => ({ actor: actorAt(random), first: 18 + random.below(5) }),
    },
    deep: {
      query: `query Deep($document: ID!, $first: Int!) {
        document(id: $document) { id title statements(first: $first) { nodes {
          id summary attribution { speakers { id name aliases { text } } relayChain { position medium carrier { id name } } }
          provisionLinks { relation confidence rationale provision { id paragraph summary instrument { symbol title regime { name } } } }
          tradeFigures { id value statedAs qualifier lowerBound upperBound reporter { name } partner { name } period { edtf } }
          citations { id start end paragraph }
          saidOn { edtf earliest latest }
        } } } }`,
      variables: (random) => ({
        document: `document:${documentOf(random.below(documents))}`,
        first: 8 + random.below(4),
      }),
    },
    search: {
      query: SEARCH,
      variables: (random) => ({ search: wordAt(random.zipf(WORDS)), first: 15 + random.below(10) }),
    },
    /** The same for the word that occurs in half of all statements. */
    common: {
      query: SEARCH,
      variables: (random) => ({ search: COMMON_WORD, first: 15 + random.below(10) }),
    },
    filtered: {
      query:
        'query Filtered($topic: [String!], $modality: [Modality!], $first: Int!) { statements(filter: { topic: $topic, modality: $modality }, first: $first, orderBy: SAID_ON) { nodes { id summary } } }',
      // Many filters: how many rows are read to fill the first page of one differs by chance from size to size.
      variables: (random) => ({
        topic: [['labour', 'trade', 'sanctions', 'war', 'diplomacy'][random.below(5)]],
        modality: ['HEDGED', ...['ASSERTED', 'PREDICTED', 'EXPECTED', 'BELIEVED'].filter(() => random.chance(0.5))],
        first: 15 + random.below(10),
      }),
    },
    ranked: {
      query:
        'query Ranked($search: String!, $first: Int!) { statements(filter: { search: $search }, orderBy: RELEVANCE, first: $first) { rankingIsBounded nodes { id summary } } }',
      variables: (random) => ({ search: COMMON_WORD, first: 15 + random.below(10) }),
    },
    keyset: {
      query: 'query Keyset($first: Int!) { statements(first: $first) { nodes { id summary } pageInfo { endCursor } } }',
      variables: (random) => ({ first: 15 + random.below(10) }),
    },
    large: {
      query:
        'query Large($document: ID!, $first: Int!) { document(id: $document) { statements(first: $first, orderBy: SAID_ON) { nodes { id summary modality saidOn { edtf } attribution { speakers { id name } } } } } }',
      variables: (random) => ({
        document: `document:${documentOf(random.below(documents))}`,
        first: 95 + random.below(6),
      }),
    },
  };
}

/** The bodies of requests from a number on; the same numbers return the same bodies. */
export const bodiesOf = ({ query, variables }, from, count) =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({ query, variables: variables(new Random(from + index + 1)) }),
  );
