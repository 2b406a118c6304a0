import type { ReaderStatementQuery } from '@dossier/client';

type StatementOf = NonNullable<ReaderStatementQuery['statement']>;
type Actor = { id: string; name: string } | null;

/** How certain a link of the chain is, from most to least. */
type Certainty = 'certain' | 'likely' | 'imputed' | 'lost';

/** A link of the chain: the speaker first, then the carriers, and the document last. */
export interface Link {
  key: string;
  role: 'speaker' | 'carrier' | 'document';
  /** The actors; the id is known even if the name could not be loaded. Empty if nobody can be named. */
  who: { id: string; actor: Actor }[];
  certainty: Certainty;
  /** How the words got here and how certain that is; null for the document. */
  how:
    | 'chain.speaker'
    | 'chain.text'
    | 'chain.inherited'
    | 'chain.inheritedOr'
    | 'chain.missing'
    | 'chain.imputedTo'
    | 'chain.imputedBy'
    | 'chain.carrier'
    | 'chain.unknownCarrier'
    | null;
  /** Others who may have spoken, if it is not certain who did. */
  others?: { id: string; actor: Actor }[];
  /** In what form the words were relayed; null if it is not known. */
  medium: string | null;
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
    return {
      key: `hop ${position}`,
      role: 'carrier',
      who: carrierId ? [{ id: carrierId.id, actor: carrier }] : [],
      certainty: carrierId === null ? 'lost' : index < lastCandidate ? 'likely' : 'certain',
      how: carrierId ? 'chain.carrier' : 'chain.unknownCarrier',
      medium,
      work: account.relayChain[index]?.work?.description ?? null,
    };
  });
  return [
    speakerLink(attribution, others),
    ...imputerLink(attribution),
    ...hops,
    { key: 'document', role: 'document', who: [], certainty: 'certain', how: null, medium: null, work: document.title },
  ];
}

/** Imputed words begin with the actor who imputed them. */
const imputerLink = ({ status, imputedBy, imputedById }: StatementOf['attribution']): Link[] =>
  status === 'IMPUTED' && imputedById
    ? [
        {
          key: 'imputer',
          role: 'carrier',
          who: [{ id: imputedById.id, actor: imputedBy }],
          certainty: 'certain',
          how: 'chain.imputedBy',
          medium: null,
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

function speakerLink(
  { status, speakers, speakerIds, imputedTo, imputedToId }: StatementOf['attribution'],
  others: Link['who'],
): Link {
  const base = {
    key: 'speaker',
    role: 'speaker',
    medium: null,
    work: null,
    who: paired(speakerIds, speakers),
  } as const;
  switch (status) {
    case 'IMPUTED':
      return {
        ...base,
        who: paired([imputedToId], [imputedTo]),
        certainty: 'imputed',
        how: 'chain.imputedTo',
      };
    case 'MISSING':
      return { ...base, certainty: 'lost', how: 'chain.missing' };
    case 'INHERITED_UNCERTAIN':
      return others.length > 0
        ? { ...base, certainty: 'likely', how: 'chain.inheritedOr', others }
        : { ...base, certainty: 'likely', how: 'chain.inherited' };
    case 'IMPLICIT':
      return { ...base, certainty: 'certain', how: 'chain.text' };
    default:
      return { ...base, certainty: 'certain', how: 'chain.speaker' };
  }
}
