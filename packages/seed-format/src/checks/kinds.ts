import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Record<Section extends keyof Seeds> = Seeds[Section][number];

/** The modality of kinds of statements that assert nothing. Words that were invented or announced may have another one. */
const MODALITY_OF_KIND: Readonly<{ [kind: string]: string }> = {
  QUESTION: 'QUESTIONED',
  GREETING: 'WISHED',
  WISH: 'WISHED',
};

/** Reports records whose kind does not fit what they are about: an office that a state holds, a question that asserts. */
export const kinds: Check = ({ entries }) => [
  ...entriesOf(entries, 'offices').flatMap((entry) => {
    const { holder, organization } = entry.parsed.record as unknown as Record<'offices'>;
    return [
      ...personProblems(entry, 'holder', holder),
      // The holder itself is reported elsewhere.
      ...(isOf('person', organization) && organization !== holder
        ? [
            problemAt(
              entry,
              ['organization'],
              `"${organization}" is a person; expected the polity, organization or group of the office.`,
            ),
          ]
        : []),
    ];
  }),
  ...entriesOf(entries, 'kinship').flatMap((entry) => {
    const { person, relative } = entry.parsed.record as unknown as Record<'kinship'>;
    return [...personProblems(entry, 'person', person), ...personProblems(entry, 'relative', relative)];
  }),
  ...entriesOf(entries, 'statements').flatMap(modalityProblems),
];

const isOf = (prefix: string, id: string | null): boolean => id?.startsWith(`${prefix}:`) ?? false;

/** An id without a type is unknown, and an actor of any kind is one whose record cannot be read. Both are reported elsewhere. */
const personProblems = (entry: Entry, field: string, id: string): Problem[] =>
  id.includes(':') && !isOf('actor', id) && !isOf('person', id)
    ? [problemAt(entry, [field], `"${id}" is not a person; expected the id of a person.`)]
    : [];

function modalityProblems(entry: Entry): Problem[] {
  const { kind, modality, hedges } = entry.parsed.record as unknown as Record<'statements'>;
  const expected = MODALITY_OF_KIND[kind];
  if (expected !== undefined && modality !== expected && modality !== 'HYPOTHETICAL')
    return [
      problemAt(
        entry,
        ['modality'],
        `${modality} with the kind ${kind}; expected ${expected} or HYPOTHETICAL, or another kind.`,
      ),
    ];
  return modality === 'HEDGED' && hedges.length === 0
    ? [
        problemAt(
          entry,
          ['modality'],
          'HEDGED without a hedge; expected the words that weaken the claim under "hedges", or another modality.',
        ),
      ]
    : [];
}
