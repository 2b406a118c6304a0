import { SECTIONS, type SeedRecords } from '@dossier/seed-format/authoring';
import { stemOfSection } from './workspace.js';

/** The first letter of the ids of a section; null if its ids are words, or there are none. */
const LETTERS: Readonly<Record<string, string>> = {
  offices: 'O',
  kinship: 'K',
  events: 'E',
  statements: 'S',
  relations: 'R',
  quotations: 'Q',
  works: 'W',
  tensions: 'T',
  cautions: 'X',
  insertions: 'B',
  numbers: 'N',
  links: 'L',
  figures: 'F',
  commodities: 'C',
};

export const hasNumberedIds = (section: string): boolean => Object.hasOwn(LETTERS, section);

/**
 * The id of a new record: of one with a passage, its letter, the number of the paragraph and two digits. So two people who annotate
 * different paragraphs on two branches never create the same id. Without a passage, the highest number plus one.
 */
export function nextId(seeds: SeedRecords, folder: string, section: string, paragraph: number | null): string | null {
  const stem = stemOfSection(section);
  const letter = LETTERS[section];
  if (stem === null || letter === undefined || !Object.hasOwn(SECTIONS[stem], section)) return null;
  const taken = new Set(seeds.section(folder, stem, section).map(({ id }) => String(id)));
  if (paragraph === null) {
    const numbers = [...taken].map((id) => Number(/^[A-Z](\d+)$/.exec(id)?.[1] ?? 0));
    return `${letter}${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}`;
  }
  for (let count = 1; ; count += 1) {
    const id = `${letter}${paragraph}${String(count).padStart(2, '0')}`;
    if (!taken.has(id)) return id;
  }
}
