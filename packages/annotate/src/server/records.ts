import { passagesIn, readSeedFile, SECTIONS, type SeedRecords } from '@dossier/seed-format/authoring';
import type { RecordAnswer, RecordValue } from '../api.js';
import { STEMS, type Stem, type Workspace } from './workspace.js';

export const isRecord = (value: unknown): value is RecordValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The records of the document as they are in its files, valid or not; none of a file that is not YAML. */
export function recordsOf({ seedsDir, folder }: Workspace, seeds: SeedRecords): RecordAnswer[] {
  return STEMS.flatMap((stem) => {
    const name = seeds.fileName(folder, stem);
    const content = name === null ? null : readSeedFile(seedsDir, name).content;
    return isRecord(content) ? recordsIn(stem, content) : [];
  });
}

function recordsIn(stem: Stem, content: RecordValue): RecordAnswer[] {
  return Object.keys(SECTIONS[stem]).flatMap((section) => {
    const records = content[section];
    if (!Array.isArray(records)) return [];
    return records.flatMap((record: unknown, index) =>
      isRecord(record)
        ? [{ section, index, id: idOf(record), label: labelOf(record), record, passages: [...passagesIn(record)] }]
        : [],
    );
  });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const ID_KEYS = ['id', 'of', 'provision', 'instrument', 'regime', 'actor'];
const LABEL_KEYS = [
  'summary',
  'name',
  'label',
  'title',
  'description',
  'explanation',
  'rationale',
  'reason',
  'kind',
  'note',
];

const firstOf = (record: RecordValue, keys: readonly string[]): string =>
  keys.map((key) => textOf(record[key])).find((text) => text !== '') ?? '';

function idOf(record: RecordValue): string {
  const { instrument, paragraph } = record;
  if (typeof instrument === 'string' && typeof paragraph === 'string') return `${instrument}/${paragraph}`;
  return firstOf(record, ID_KEYS);
}

export const labelOf = (record: RecordValue): string => firstOf(record, LABEL_KEYS);
