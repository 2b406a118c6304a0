import type { CodePointText } from '@dossier/domain/facts';
import type { Proposal, ProposedParty } from '../proposals/proposalFile.js';

/** An actor for the person who decides: its id, or the words that name one that is not known. */
export const partyText = (party: ProposedParty, text: CodePointText): string =>
  'of' in party ? party.of : `${JSON.stringify(text.slice(...party.at).replace(/\s+/gu, ' '))} (not known)`;

/** A proposal of a model on one line, apart from its words. */
export function modelDetailsOf(
  proposal: Extract<Proposal, { kind: 'statement' | 'figure' | 'link' }>,
  text: CodePointText,
): string {
  const party = (name: string, found: ProposedParty | undefined) =>
    found ? [`${name} ${partyText(found, text)}`] : [];
  const parties = (name: string, found: readonly ProposedParty[], separator: string) =>
    found.length > 0 ? [`${name} ${found.map((each) => partyText(each, text)).join(separator)}`] : [];
  switch (proposal.kind) {
    case 'statement':
      return [
        `${proposal.type} ${proposal.modality} ${proposal.status}`,
        ...parties('by', proposal.speakers, ', '),
        ...party('imputed to', proposal.imputedTo),
        ...party('imputed by', proposal.imputedBy),
        ...parties('via', proposal.relayChain, ' > '),
        ...(proposal.saidOn ? [`on ${proposal.saidOn.edtf}`] : []),
      ].join(' ');
    case 'figure':
      return [
        `${proposal.measure} ${proposal.flow}`,
        ...party('of', proposal.reporter),
        ...party('with', proposal.partner),
        ...(proposal.period ? [`in ${proposal.period.edtf}`] : []),
        proposal.qualifier === 'EXACT' ? '' : proposal.qualifier,
        proposal.value ?? '',
        proposal.unit ?? '',
        ...party('from', proposal.publishedBy),
      ]
        .filter(Boolean)
        .join(' ');
    case 'link':
      return `${proposal.relation} ${proposal.provision ?? proposal.regime ?? ''} ${proposal.confidence}`;
  }
}
