import { type ReadDb, rowsById, rowsOfParents } from '@dossier/store';
import type { Loaders } from '@dossier/subgraph-server';
import { kinship, office } from '../tables.js';

/** Offices: by id, by holder and by organization; and the kin of a person. */
export function officesSource(db: ReadDb) {
  const readById = rowsById(db, office, office.id);
  const readOfHolder = rowsOfParents(db, office, office.holderId, office.id);
  const readOfOrganization = rowsOfParents(db, office, office.organizationId, office.id);
  const readKin = rowsOfParents(db, kinship, kinship.subjectId, kinship.personId, kinship.recordId);
  return (loaders: Loaders) => ({
    byId: (id: string) => loaders('office', readById).load(id),
    ofHolder: (person: string) => loaders('officesOfHolder', readOfHolder).load(person),
    ofOrganization: (organization: string) => loaders('officesOfOrganization', readOfOrganization).load(organization),
    kinOf: (person: string) => loaders('kin', readKin).load(person),
  });
}
