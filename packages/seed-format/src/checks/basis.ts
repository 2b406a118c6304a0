import { linked, SHARED_RECORDS } from '../consequences.js';
import type { Problem } from '../problem.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, contentsOf, type Located, problemAt } from './input.js';

// Their citations are those of the statements that they join.
const CITED_BY_STATEMENTS = new Set(['relations', 'tensions', 'links']);

/** Reports DOCUMENT facts without a citation, BACKGROUND facts without a reference, and ANALYST or DERIVED facts without a reason. */
export const basis: Check = ({ entries, folders }) =>
  entries.flatMap((entry) =>
    contentsOf(entry)
      .records.filter(({ value }) => typeof value['basis'] === 'string' && !('edtf' in value))
      .flatMap((fact) => problemsOf(entry, fact, folders)),
  );

function problemsOf(entry: Entry, found: Located<Record<string, unknown>>, folders: CheckInput['folders']): Problem[] {
  const problem = (message: string) => [problemAt(entry, [...found.path, 'basis'], message)];
  const { section } = entry.parsed;
  const fact = found.value;
  const isRecord = found.above === null;
  const key = `references of ${entry.id}`;
  switch (fact['basis']) {
    case 'DOCUMENT':
      if (!isRecord || CITED_BY_STATEMENTS.has(section)) return [];
      if (section === 'actors' || section === 'places')
        return folders.isMentioned(entry.id)
          ? []
          : problem('a DOCUMENT fact without a citation; expected at least one mention.').map((each) =>
              linked(each, { causes: [SHARED_RECORDS] }),
            );
      return isNonEmptyList(fact['passages'])
        ? []
        : problem('a DOCUMENT fact without a citation; expected at least one passage.');
    case 'BACKGROUND':
      return isNonEmptyList(fact['references'])
        ? []
        : problem('a BACKGROUND fact without a reference; expected at least one under "references".').map((each) =>
            // Parts of a record have its basis and references unless they say otherwise.
            linked(each, isRecord ? { subjects: [key] } : { causes: [key] }),
          );
    case 'DERIVED':
      return (fact['derivation'] ?? fact['note'])
        ? []
        : problem('a DERIVED fact without a reason; expected a derivation with its formula, or a note.');
    default:
      return (fact['rationale'] ?? fact['explanation'] ?? fact['note'])
        ? []
        : problem('an ANALYST fact without a reason; expected a rationale, an explanation or a note.');
  }
}

const isNonEmptyList = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
