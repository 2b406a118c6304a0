import type { Problem } from '../problem.js';
import { REGISTER, type Seeds } from '../records.js';
import type { Entry } from '../resolve.js';
import { type Check, type CheckInput, entriesOf, problemAt } from './input.js';

const TARGETS = ['regime', 'instrument', 'provision'] as const;

/**
 * Reports records of the register that claim to rest on a document, additions that add nothing, citations of anything but one record of the
 * register, and listings by an instrument of another regime.
 */
export const register: Check = ({ entries, folders }) => [
  ...entriesOf(entries, 'actors', 'places').flatMap((entry) =>
    entry.parsed.file.folder === REGISTER && entry.parsed.record['basis'] === 'DOCUMENT'
      ? [
          problemAt(
            entry,
            ['basis'],
            'DOCUMENT in the register; expected no basis, but references: it becomes DOCUMENT while a document mentions it.',
          ),
        ]
      : [],
  ),
  ...entriesOf(entries, 'additions').flatMap((entry) => {
    const { description, note, aliases, identifiers, affiliations, mentions } = entry.parsed
      .record as unknown as Seeds['additions'][number];
    const isEmpty = [aliases, identifiers, affiliations, mentions].every(({ length }) => length === 0);
    return isEmpty && description === null && note === null
      ? [problemAt(entry, [], 'adds nothing; expected mentions, aliases, identifiers or affiliations.')]
      : [];
  }),
  ...entriesOf(entries, 'citations').flatMap((entry) => citationProblems(entry, folders)),
  ...entriesOf(entries, 'designations').flatMap((entry) => regimeProblems(entry, folders)),
];

function regimeProblems(entry: Entry, folders: CheckInput['folders']): Problem[] {
  const { regime, instrument } = entry.parsed.record as unknown as Seeds['designations'][number];
  const own = instrument === null ? null : folders.find('instruments', instrument);
  // References that lead nowhere are reported elsewhere.
  if (!own?.regime.includes(':') || !regime.includes(':') || own.regime === regime) return [];
  return [
    problemAt(
      entry,
      ['instrument'],
      `"${localId(own.id)}" is an instrument of "${localId(own.regime)}"; expected one of the regime of the listing, "${localId(regime)}".`,
    ),
  ];
}

const localId = (id: string): string => id.slice(id.indexOf(':') + 1);

function citationProblems(entry: Entry, folders: CheckInput['folders']): Problem[] {
  const record = entry.parsed.record as unknown as Seeds['citations'][number];
  const [key, ...others] = TARGETS.filter((target) => record[target] !== null);
  if (!key || others.length > 0)
    return [problemAt(entry, [], `${key ? 'several targets' : 'no target'}; expected one of ${TARGETS.join(', ')}.`)];
  if (record.note !== null && key === 'provision')
    return [problemAt(entry, ['note'], 'a provision has no note; expected none.')];
  if (record.background.length > 0 && key !== 'regime')
    return [problemAt(entry, ['background'], `background of a ${key}; expected it for a regime only.`)];
  const local = (record[key] as string).slice((record[key] as string).indexOf(':') + 1);
  const owner = folders.ownerOf(`${key}s ${local}`);
  return owner && owner.folder !== REGISTER
    ? [problemAt(entry, [key], `"${local}" is recorded in ${owner.file}; expected a record of the register.`)]
    : [];
}
