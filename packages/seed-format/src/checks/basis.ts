import type { Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, contentsOf, type Found, problemAt } from './input.js';

// Judged by the statements that they join, not by passages of their own.
const BY_STATEMENTS = new Set(['relations', 'tensions', 'links']);

/** A DOCUMENT fact has a citation, a BACKGROUND fact a reference, an ANALYST or DERIVED fact its reason. */
export const basis: Check = ({ entries, folders }) =>
  entries.flatMap((entry) =>
    contentsOf(entry)
      .records.filter(({ value }) => typeof value['basis'] === 'string' && !('edtf' in value))
      .flatMap((fact) => problemsOf(entry, fact, folders)),
  );

function problemsOf(entry: Entry, found: Found<Record<string, unknown>>, folders: CheckInput['folders']): Problem[] {
  const say = (message: string) => [problemAt(entry, [...found.path, 'basis'], message)];
  const { section } = entry.parsed;
  const fact = found.value;
  const isWhole = found.above === null;
  switch (fact['basis']) {
    case 'DOCUMENT':
      if (!isWhole || BY_STATEMENTS.has(section)) return [];
      if (section === 'actors' || section === 'places')
        return folders.isMentioned(entry.id)
          ? []
          : say('a DOCUMENT fact without a citation; expected at least one mention.');
      return filled(fact['passages']) ? [] : say('a DOCUMENT fact without a citation; expected at least one passage.');
    case 'BACKGROUND':
      return filled(fact['references'])
        ? []
        : say('a BACKGROUND fact without a reference; expected at least one under "references".');
    case 'DERIVED':
      return (fact['derivation'] ?? fact['note'])
        ? []
        : say('a DERIVED fact without its reason; expected a derivation with its formula, or a note.');
    default:
      return (fact['rationale'] ?? fact['explanation'] ?? fact['note'])
        ? []
        : say('an ANALYST fact without its reason; expected a rationale, an explanation or a note.');
  }
}

const filled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
