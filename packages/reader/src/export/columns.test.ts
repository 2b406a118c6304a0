import { describe, expect, it } from 'vitest';
import * as columns from './columns.js';
import { factColumns } from './facts.js';

/** The names of the columns are used by programs that read the files: add new ones at the end, and rename none. */
const NAMES = {
  statementColumns:
    'id summary kind modality attribution speakers speaker_ids imputed_to_id imputed_by_id carriers carrier_ids addressee_ids said_on said_on_basis hedges topics citations',
  eventColumns: 'id label kind status date date_basis earliest latest place place_id basis statements note citations',
  figureColumns:
    'id measure flow period period_basis stated_as value unit qualifier lower_bound upper_bound basis formula inputs caveat note citations frequency reporter reporter_id partner partner_id commodities published_by_id statement_id',
  assessmentColumns: 'id provision_id regime_id relation confidence rationale basis statement_id statement citations',
  documentColumns: 'id title publisher publisher_id published_on published_on_basis series number sha256',
  quotationColumns: 'id kind level speaker speaker_id speaker_is_certain note citations',
  sideColumns: 'id summary modality attribution speakers speaker_ids said_on document_id document citations',
  conflictColumns: 'id kind explanation statements documents document basis citations',
  pitfallColumns: 'id kind explanation document basis citations',
  listingColumns:
    'id actor actor_id regime regime_id instrument instrument_id listed_on delisted_on measures basis citations references',
  regimeColumns: 'id name authority authority_id targets target_ids readings note basis citations references',
  provisionColumns:
    'id instrument instrument_id paragraph paragraph_source measure direction summary cap in_force_from in_force_until deadline replaced_by_id readings basis citations references',
  instrumentColumns: 'id symbol title regime regime_id adopted_on citations',
  actorColumns: 'id name kind description affiliations recognised_by note basis citations',
  nameColumns: 'id name description aliases',
  eventLineColumns: 'id label status date date_basis place place_id participant_ids roles citations',
  figureLineColumns:
    'id measure flow period value unit qualifier lower_bound upper_bound reporter reporter_id partner partner_id citations',
  mentionColumns: 'id form paragraph document document_id excerpt',
  roleColumns:
    'id roles summary kind modality attribution speakers speaker_ids imputed_to_id imputed_by_id carriers carrier_ids addressee_ids said_on said_on_basis hedges topics citations',
  factColumns: 'id fact value record_id other other_id from until basis note citations references',
};

describe('the columns of the exports', () => {
  it('are these, in this order', () => {
    const { rolesIn: _, ...tables } = columns;

    const names = Object.entries({ ...tables, factColumns }).map(([table, each]) => [
      table,
      Object.keys(each).join(' '),
    ]);

    expect(Object.fromEntries(names)).toEqual(NAMES);
  });

  it('begin with the id of the record', () => {
    for (const names of Object.values(NAMES)) expect(names).toMatch(/^id /);
  });
});
