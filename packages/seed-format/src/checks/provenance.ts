import { problemInFile } from '../parse.js';
import type { Problem } from '../problem.js';
import type { Provenance } from '../provenance.js';
import type { Check } from './input.js';

const SECTIONS: Readonly<Record<string, string>> = { S: 'statements', Q: 'quotations', F: 'figures', L: 'links' };

/** Reports provenance of records that do not exist, and of one record twice. */
export const provenance: Check = ({ provenance: entries, entries: records, unreadable }) => {
  // Without provenance, nothing is collected.
  if (entries.length === 0) return [];
  const ids = new Set(
    [...records.map(({ parsed }) => parsed), ...unreadable].map(
      ({ section, record }) => `${section} ${localId(record['id'])}`,
    ),
  );
  const seen = new Set<string>();
  return entries.flatMap((entry): Problem[] => {
    const { record } = entry.record as unknown as Provenance;
    const problem = (message: string) => [problemInFile(entry.file, [...entry.path, 'record'], message)];
    if (seen.has(record)) return problem(`"${record}" has its provenance twice; expected each record once.`);
    seen.add(record);
    return ids.has(`${SECTIONS[record[0] ?? '']} ${record}`)
      ? []
      : problem(
          `"${record}" is not a record of this folder; expected the id of a statement, quotation, figure or link.`,
        );
  });
};

/** Records have typed ids after resolution, and their own ids before. */
const localId = (id: unknown): string => String(id).slice(String(id).lastIndexOf('/') + 1);
