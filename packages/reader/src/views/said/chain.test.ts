import type { ReaderStatementQuery } from '@dossier/client';
import { describe, expect, it } from 'vitest';
import { chainOf } from './chain.js';

type StatementOf = NonNullable<ReaderStatementQuery['statement']>;
type Attribution = StatementOf['attribution'];

const rulers = { id: 'person:rudolf', name: 'Rudolf' } as Attribution['speakers'][number] & {
  id: string;
  name: string;
};
const gazette = { id: 'outlet:gazette', name: 'The Gazette' } as typeof rulers;

const hop = (
  position: number,
  carrier: typeof rulers | null,
  medium: string | null = null,
): Attribution['relayChain'][number] => ({
  position,
  medium,
  carrier: carrier as Attribution['relayChain'][number]['carrier'],
  carrierId: carrier as Attribution['relayChain'][number]['carrierId'],
});

const aStatement = (
  given: Partial<Attribution>,
  candidates: (typeof rulers)[] = [],
): Pick<StatementOf, 'attribution' | 'account' | 'document'> => ({
  attribution: {
    status: 'EXPLICIT',
    speakers: [rulers],
    speakerIds: [rulers],
    imputedTo: null,
    imputedToId: null,
    imputedBy: null,
    imputedById: null,
    relayChain: [],
    ...given,
  } as Attribution,
  account: {
    note: null,
    candidates,
    candidateIds: candidates,
    relayChain: (given.relayChain ?? []).map(() => ({ work: null, relayedOn: null })),
  } as unknown as StatementOf['account'],
  document: { title: 'Of Ruritania' } as StatementOf['document'],
});

const brief = (statement: Parameters<typeof chainOf>[0]) =>
  chainOf(statement).map(({ role, who, certainty }) => [role, who.map(({ id }) => id).join(), certainty]);

describe('the chain of a statement', () => {
  it('runs from the speaker through every carrier to the document', () => {
    expect(brief(aStatement({ relayChain: [hop(1, gazette, 'telegram')] }))).toEqual([
      ['speaker', 'person:rudolf', 'certain'],
      ['carrier', 'outlet:gazette', 'certain'],
      ['document', '', 'certain'],
    ]);
  });

  it('includes a carrier whose name is lost', () => {
    expect(brief(aStatement({ relayChain: [hop(1, null), hop(2, gazette)] }))[1]).toEqual(['carrier', '', 'lost']);
  });

  it('has no speaker for imputed words, and begins with the actor who imputed them', () => {
    const imputed = aStatement({
      status: 'IMPUTED',
      speakers: [],
      speakerIds: [],
      imputedTo: rulers,
      imputedToId: rulers,
      imputedBy: gazette,
      imputedById: gazette,
    } as Partial<Attribution>);

    expect(brief(imputed)).toEqual([
      ['speaker', 'person:rudolf', 'imputed'],
      ['carrier', 'outlet:gazette', 'certain'],
      ['document', '', 'certain'],
    ]);
  });

  it('is uncertain up to a carrier that may itself be the speaker', () => {
    const kommissar = { id: 'outlet:courier', name: 'The Courier' } as typeof rulers;
    const likely = aStatement({ status: 'INHERITED_UNCERTAIN', relayChain: [hop(1, kommissar), hop(2, gazette)] }, [
      rulers,
      gazette,
    ]);

    expect(brief(likely).map(([, , certainty]) => certainty)).toEqual(['likely', 'likely', 'certain', 'certain']);
    expect(chainOf(likely)[0]?.others?.map(({ id }) => id)).toEqual(['outlet:gazette']);
  });

  it('shows the id of a speaker whose name could not be loaded', () => {
    const [speaker] = chainOf(aStatement({ speakers: [null] }));

    expect(speaker?.who).toEqual([{ id: 'person:rudolf', actor: null }]);
  });
});
