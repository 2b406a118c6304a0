import type { Path, Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, isRecord, problemAt, valuesOf } from './input.js';

// Judged by the statements that they join, not by passages of their own.
const BY_STATEMENTS = new Set(['relations', 'tensions', 'links']);

/** A DOCUMENT fact has a citation, a BACKGROUND fact a reference, an ANALYST or DERIVED fact its reason. */
export const basis: Check = ({ entries, folders }) =>
  entries.flatMap((entry) =>
    valuesOf(entry).flatMap(({ value, path }) => (isRecord(value) && typeof value['basis'] === 'string' && !('edtf' in value) ? problemsOf(entry, value, path, folders) : [])),
  );

function problemsOf(entry: Entry, fact: Record<string, unknown>, path: Path, folders: CheckInput['folders']): Problem[] {
  const say = (message: string) => [problemAt(entry, [...path, 'basis'], message)];
  const { section } = entry.parsed;
  const isWhole = path.length === 0;
  switch (fact['basis']) {
    case 'DOCUMENT':
      if (!isWhole || BY_STATEMENTS.has(section)) return [];
      if (section === 'actors' || section === 'places') return folders.isMentioned(entry.id) ? [] : say('a DOCUMENT fact without a citation; expected at least one mention.');
      return filled(fact['passages']) ? [] : say('a DOCUMENT fact without a citation; expected at least one passage.');
    case 'BACKGROUND':
      return filled(fact['references']) ? [] : say('a BACKGROUND fact without a reference; expected at least one under "references".');
    case 'DERIVED':
      return (fact['derivation'] ?? fact['note']) ? [] : say('a DERIVED fact without its reason; expected a derivation with its formula, or a note.');
    default:
      return (fact['rationale'] ?? fact['explanation'] ?? fact['note']) ? [] : say('an ANALYST fact without its reason; expected a rationale, an explanation or a note.');
  }
}

const filled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
