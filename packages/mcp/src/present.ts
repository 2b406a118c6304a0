import type {
  AssistantClaimFragment,
  AssistantPageFragment,
  AssistantPassageFragment,
  AssistantSpeakerFragment,
  AttributionStatus,
} from '@dossier/client';
import { positionOf } from '@dossier/client';
import type { z } from 'zod';
import type * as schemas from './schemas.js';

/** Functions that turn objects of the graph into parts of a result. */
export interface Presenter {
  passage: (citation: AssistantPassageFragment) => z.infer<typeof schemas.passage>;
  claim: (statement: AssistantClaimFragment) => z.infer<typeof schemas.claim>;
  speaker: (attribution: AssistantSpeakerFragment) => z.infer<typeof schemas.speaker>;
  /** Replaces the citations of an object with passages. */
  supported: <T extends { citations: AssistantPassageFragment[] }>(
    fact: T,
  ) => Omit<T, 'citations'> & { citations: z.infer<typeof schemas.passage>[] };
}

type Certainty = z.infer<typeof schemas.speaker>['certainty'];

const CERTAINTY: Record<AttributionStatus, [certainty: Certainty, explanation: string]> = {
  EXPLICIT: ['STATED', 'The document names the speaker.'],
  IMPLICIT: ['INFERRED', 'The speaker is inferred: the document names nobody, so its author speaks.'],
  INHERITED_UNCERTAIN: [
    'INFERRED',
    'The speaker is inferred from the surrounding words and not certain; see the candidates.',
  ],
  IMPUTED: ['IMPUTED', 'Nobody said this: somebody else put it into the mouth of the actor that it is imputed to.'],
  MISSING: ['UNKNOWN', 'The document gives no source for this, so the speaker is unknown.'],
};

/** The URI of the resource of a document, from its id. */
export const documentUri = (id: string): string =>
  `dossier://documents/${encodeURIComponent(id.replace(/^document:/, ''))}`;

/** `publicUrl` is the URL of the gateway for links to the reader, with a trailing slash; null for no links. */
export function createPresenter(publicUrl: string | null): Presenter {
  const passage: Presenter['passage'] = ({ id, paragraph, availability, excerpt, document }) => {
    const position = positionOf({ id });
    const { start, end } = position;
    return {
      id,
      document: position.document,
      start,
      end,
      paragraph,
      digest: document?.sha256 ?? null,
      availability,
      excerpt,
      resource: documentUri(position.document),
      url:
        publicUrl && `${publicUrl}reader/document?at=${start},${end}&document=${encodeURIComponent(position.document)}`,
    };
  };
  const speaker: Presenter['speaker'] = ({ status, relayChain, ...attribution }) => {
    const [certainty, explanation] = CERTAINTY[status];
    return { certainty, explanation, status, ...attribution, relayChain };
  };
  const supported: Presenter['supported'] = ({ citations, ...fact }) => ({
    ...fact,
    citations: citations.map(passage),
  });
  return {
    passage,
    speaker,
    supported,
    claim: ({ document, attribution, ...statement }) => ({
      ...supported(statement),
      document: document.id,
      speaker: speaker(attribution),
    }),
  };
}

/** The page information of a result. */
export const pageOf = ({
  totalCount = null,
  pageInfo,
}: {
  totalCount?: number | null;
  pageInfo: AssistantPageFragment;
}): { totalCount: number | null; nextCursor: string | null } => ({
  totalCount,
  nextCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
});

/** The page information of a list that could not be fetched. */
export const NO_PAGE = { totalCount: null, nextCursor: null };
