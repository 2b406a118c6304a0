import type { Problem } from '../problem.js';
import { REGISTER, type Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Tension = Seeds['tensions'][number];

const keyOf = ({ kind, statements }: Tension): string => `${kind} ${[...statements].sort().join(' ')}`;
const shortId = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** Reports tensions that are already recorded, in the folder or in the register: of one kind, between the same statements. */
export const tensions: Check = ({ entries, folders }) => {
  const seen = new Map<string, string>();
  return entriesOf(entries, 'tensions').flatMap((entry): Problem[] => {
    const tension = entry.parsed.record as unknown as Tension;
    const key = keyOf(tension);
    const other =
      seen.get(key) ??
      (entry.parsed.file.folder === REGISTER
        ? undefined
        : folders.sectionOf(REGISTER, 'tensions').find((each) => keyOf(each) === key)?.id);
    seen.set(key, other ?? tension.id);
    return other === undefined || other === tension.id
      ? []
      : [
          problemAt(
            entry,
            ['statements'],
            `a tension ${tension.kind} of these statements is already recorded as ${shortId(other)}; expected it once.`,
          ),
        ];
  });
};
