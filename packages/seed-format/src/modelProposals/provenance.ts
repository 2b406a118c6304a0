import { inline, type Proposal, type ProposedParty } from '../proposals/proposalFile.js';
import { asRecord, listOf, passageOf, type RawRecord, type SeedRecords, textOf } from '../proposals/seedRecords.js';
import { type Proposed, type Provenance, ProvenanceRecord } from '../provenance.js';

export type ModelProposal = Extract<Proposal, { by?: unknown }>;

export const isFromModel = (proposal: Proposal): proposal is ModelProposal =>
  'by' in proposal && proposal.by !== undefined;

/** The lines of the provenance of a record that was made of a proposal. */
export function provenanceLines(
  proposal: ModelProposal,
  record: string,
  { acceptedBy, acceptedOn }: { acceptedBy: string | null; acceptedOn: string },
): string[] {
  return [
    `record: ${record}`,
    `model: ${inline(proposal.by?.model)}`,
    `prompt: ${JSON.stringify(proposal.by?.prompt)}`,
    ...(acceptedBy === null ? [] : [`acceptedBy: ${JSON.stringify(acceptedBy)}`]),
    `acceptedOn: ${JSON.stringify(acceptedOn)}`,
    `proposed: ${inline(proposedOf(proposal))}`,
  ];
}

const idOf = (party: ProposedParty): string | [number, number] => ('of' in party ? party.of : party.at);
const optionalId = (key: string, party: ProposedParty | undefined) => (party ? { [key]: idOf(party) } : {});

function proposedOf(proposal: ModelProposal): Proposed {
  switch (proposal.kind) {
    case 'statement':
      return {
        passages: (proposal.passages ?? [proposal]).map(({ at }) => at),
        kind: proposal.type,
        modality: proposal.modality,
        status: proposal.status,
        speakers: proposal.speakers.map(idOf),
        ...optionalId('imputedTo', proposal.imputedTo),
        ...optionalId('imputedBy', proposal.imputedBy),
        relayChain: proposal.relayChain.map(idOf),
        ...(proposal.saidOn && { date: proposal.saidOn.edtf }),
      };
    case 'quotation':
      return {
        passages: (proposal.passages ?? [proposal]).map(({ at }) => at),
        kind: proposal.form,
        level: proposal.level,
        ...optionalId('speaker', proposal.speaker),
      };
    case 'figure': {
      const { within, measure, flow, period, value, unit, qualifier } = proposal;
      return {
        passages: [within.at],
        measure,
        flow,
        ...optionalId('reporter', proposal.reporter),
        ...optionalId('partner', proposal.partner),
        ...(period && { date: period.edtf }),
        ...(value !== undefined && { value }),
        ...(unit !== undefined && { unit }),
        qualifier,
        ...optionalId('publishedBy', proposal.publishedBy),
      };
    }
    case 'link': {
      const { at, provision, regime, relation, confidence } = proposal;
      return {
        passages: [at],
        ...(provision !== undefined && { provision }),
        ...(regime !== undefined && { regime }),
        relation,
        confidence,
      };
    }
  }
}

/** The provenance of the records of a document. Entries that are not valid are left out: "seeds check" reports them. */
export const provenanceOf = (seeds: SeedRecords, folder: string): Provenance[] =>
  seeds.section(folder, 'provenance', 'provenance').flatMap((record) => ProvenanceRecord.safeParse(record).data ?? []);

/** What a record has today, under the names of what was proposed; null if the record is gone. */
function currentOf(seeds: SeedRecords, folder: string, id: string): Record<string, unknown> | null {
  const [stem, section] = {
    S: ['statements', 'statements'],
    Q: ['statements', 'quotations'],
    F: ['trade', 'figures'],
    L: ['sanctions', 'links'],
  }[id[0] as 'S' | 'Q' | 'F' | 'L'] as [string, string];
  const record = seeds.section(folder, stem, section).find((each) => each['id'] === id);
  if (!record) return null;
  const attribution = asRecord(record['attribution']) ?? {};
  const date = asRecord(record['saidOn'] ?? record['period']);
  return {
    ...record,
    passages: passagesOf(record),
    status: attribution['status'],
    speakers: attribution['speakers'] ?? [],
    imputedTo: attribution['imputedTo'],
    imputedBy: attribution['imputedBy'],
    relayChain: listOf(attribution['relayChain']).map(({ carrier }) => carrier),
    date: textOf(date?.['edtf']),
  };
}

const passagesOf = (record: RawRecord): [number, number][] =>
  listOf(record['passages']).flatMap((passage) => {
    const found = passageOf(passage);
    return found ? [found.at] : [];
  });

/** The fields of a record that differ from what was proposed; null if the record is gone. A link has the passages of its statement. */
export function changedFields(seeds: SeedRecords, folder: string, { record, proposed }: Provenance): string[] | null {
  const current = currentOf(seeds, folder, record);
  if (!current) return null;
  return Object.entries(proposed).flatMap(([key, value]) =>
    (key === 'passages' && record.startsWith('L')) || JSON.stringify(current[key]) === JSON.stringify(value) ? [] : key,
  );
}
