import { formatSchema } from '@dossier/seed-format';
import { passagesIn, type SeedRecords } from '@dossier/seed-format/authoring';
import type { CiteAnswer, DraftAnswer, FieldSchema, RecordValue } from '../api.js';
import { AnnotateError } from './errors.js';
import { nextId } from './recordIds.js';
import { stemOfSection } from './workspace.js';

const { files, definitions } = formatSchema();

/** A passage with the words that it selects. */
export interface CitedWords extends CiteAnswer {
  words: string;
}

/**
 * A new record of a section with what is known: its id, the passage, and the statement that contains it. Enums and texts are left to the
 * person.
 */
export function newRecord(seeds: SeedRecords, folder: string, section: string, cited: CitedWords | null): DraftAnswer {
  const stem = stemOfSection(section);
  const schema = stem === null ? undefined : files[stem]?.[section];
  if (!schema) throw new AnnotateError('BAD_REQUEST', `"${section}" is not a section of the format.`);
  const variant = (schema.oneOf?.[0] ?? schema) as FieldSchema;
  const properties = variant.properties ?? {};
  const id = nextId(seeds, folder, section, cited?.paragraph ?? null);
  const passage = cited && { at: cited.at, digest: cited.digest };
  const record: Record<string, unknown> = { ...(id !== null && { id }) };
  if (cited && passage) {
    // A name is one line, and not a quotation.
    const words = cited.words.replace(/\s+/gu, ' ');
    if (section === 'actors' || section === 'places')
      Object.assign(record, { id: slugOf(words), name: words, mentions: [{ form: 'NAME', ...passage }] });
    else if (properties['passages']) record['passages'] = [passage];
    else if (properties['at']) Object.assign(record, passage);
    const around = statementsAround(seeds, folder, cited.at);
    if (properties['statement'] && around.length === 1) record['statement'] = around[0];
    else if (properties['statements'] && section === 'quotations') record['statements'] = around;
  }
  for (const key of variant.required ?? []) {
    if (Object.hasOwn(record, key)) continue;
    if (isMapping(properties[key])) record[key] = {};
    // As the form shows it: a box that is not checked.
    else if (properties[key]?.type === 'boolean') record[key] = false;
  }
  return { section, index: null, record };
}

/** The statements of the document with a passage that contains the position. */
const statementsAround = (seeds: SeedRecords, folder: string, at: readonly [number, number]): string[] =>
  seeds
    .section(folder, 'statements', 'statements')
    .filter((record) => [...passagesIn(record['passages'])].some(({ start, end }) => start <= at[0] && at[1] <= end))
    .flatMap(({ id }) => (typeof id === 'string' ? [id] : []));

/** The record that has, or will have, the aliases of an actor or a place in this document, with the words as another alias. */
export function withAlias(seeds: SeedRecords, folder: string, party: string, words: string): DraftAnswer {
  const alias = { text: words.replace(/\s+/gu, ' '), inDocument: true };
  for (const section of ['actors', 'places', 'additions']) {
    const key = section === 'additions' ? 'of' : 'id';
    const records = seeds.section(folder, 'actors', section);
    const index = records.findIndex((record) => record[key] === party);
    if (index < 0) continue;
    const record = records[index] as RecordValue;
    const aliases = Array.isArray(record['aliases']) ? record['aliases'] : [];
    return {
      section,
      index: seeds.indexes(folder, 'actors', section)[index] ?? index,
      record: { ...record, aliases: [...aliases, alias] },
    };
  }
  return { section: 'additions', index: null, record: { of: party, aliases: [alias] } };
}

function isMapping(schema: FieldSchema | undefined): boolean {
  const { $ref } = schema ?? {};
  const resolved = $ref === undefined ? schema : (definitions[$ref.replace('#/$defs/', '')] as FieldSchema | undefined);
  return resolved?.type === 'object';
}

/** Words as an id: lower-case Latin letters joined by hyphens; empty if nothing is left. */
const slugOf = (words: string): string =>
  words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+|['’]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
