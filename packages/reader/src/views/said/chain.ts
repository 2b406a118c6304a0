import type { ReaderStatementQuery } from '@dossier/client';
import { shortId } from '../../parts/labels.js';

type StatementOf = NonNullable<ReaderStatementQuery['statement']>;
type Actor = { id: string; name: string } | null;

/** How certain a link of the chain is, from most to least. */
export type Certainty = 'certain' | 'likely' | 'imputed' | 'lost';

/** A link of the chain: the speaker (`mouth`) first, then the carriers, and the document (`page`) last. */
export interface Link {
  key: string;
  role: 'mouth' | 'carrier' | 'page';
  /** The actors; the id is known even if the name could not be loaded. Empty if nobody can be named. */
  who: { id: string; actor: Actor }[];
  certainty: Certainty;
  /** How the words got here and how certain that is, as text. */
  how: string;
  /** The work that carried them; null if it is not known. */
  work: string | null;
}

const paired = (ids: readonly ({ id: string } | null)[], actors: readonly Actor[]): Link['who'] =>
  ids.flatMap((each, index) => (each ? [{ id: each.id, actor: actors[index] ?? null }] : []));

type Parts = Pick<StatementOf, 'attribution' | 'account'> & { document: Pick<StatementOf['document'], 'title'> };

/** The chain of a statement from the speaker to the document. */
export function chainOf({ attribution, account, document }: Parts): Link[] {
  const others = otherCandidates(attribution, account);
  // If a carrier may be the speaker, the carriers before it are only as certain as the speaker.
  const lastCandidate = attribution.relayChain.findLastIndex(({ carrierId }) =>
    others.some(({ id }) => id === carrierId?.id),
  );
  const hops = attribution.relayChain.map(({ position, medium, carrier, carrierId }, index): Link => {
    const form = medium ? ` (${medium})` : '';
    return {
      key: `hop ${position}`,
      role: 'carrier',
      who: carrierId ? [{ id: carrierId.id, actor: carrier }] : [],
      certainty: carrierId === null ? 'lost' : index < lastCandidate ? 'likely' : 'certain',
      how: carrierId ? `passed it on${form}` : `passed on by a source whose name is lost${form}`,
      work: account.relayChain[index]?.work?.description ?? null,
    };
  });
  return [
    mouth(attribution, others),
    ...imputer(attribution),
    ...hops,
    { key: 'page', role: 'page', who: [], certainty: 'certain', how: 'stands written in', work: document.title },
  ];
}

/** Imputed words begin with the actor who imputed them. */
const imputer = ({ status, imputedBy, imputedById }: StatementOf['attribution']): Link[] =>
  status === 'IMPUTED' && imputedById
    ? [
        {
          key: 'imputer',
          role: 'carrier',
          who: [{ id: imputedById.id, actor: imputedBy }],
          certainty: 'certain',
          how: 'puts the words into that mouth',
          work: null,
        },
      ]
    : [];

function otherCandidates(
  { status, speakerIds }: StatementOf['attribution'],
  account: StatementOf['account'],
): Link['who'] {
  if (status !== 'INHERITED_UNCERTAIN') return [];
  return paired(account.candidateIds, account.candidates).filter(
    ({ id }) => !speakerIds.some((each) => each?.id === id),
  );
}

function mouth(
  { status, speakers, speakerIds, imputedTo, imputedToId }: StatementOf['attribution'],
  others: Link['who'],
): Link {
  const base = { key: 'mouth', role: 'mouth', work: null, who: paired(speakerIds, speakers) } as const;
  switch (status) {
    case 'IMPUTED':
      return {
        ...base,
        who: paired([imputedToId], [imputedTo]),
        certainty: 'imputed',
        how: 'is not known to have said it',
      };
    case 'MISSING':
      return { ...base, certainty: 'lost', how: 'the document names no source although one is needed' };
    case 'INHERITED_UNCERTAIN': {
      const or = others.map(({ id, actor }) => actor?.name ?? shortId(id)).join(' or ');
      return {
        ...base,
        certainty: 'likely',
        how: `carried over from the surrounding words${or && `; it may as well be ${or}`}`,
      };
    }
    case 'IMPLICIT':
      return { ...base, certainty: 'certain', how: 'says it in the text’s own voice' };
    default:
      return { ...base, certainty: 'certain', how: 'is named as the speaker' };
  }
}
