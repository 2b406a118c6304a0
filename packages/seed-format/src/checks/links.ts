import { REGISTER, type Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Link = Seeds['links'][number];

const keyOf = ({ statement, provision, regime, relation }: Link): string =>
  `${statement} ${provision ?? regime} ${relation}`;

/** What is outside a prohibition is not a breach of it. */
const CONTRARY: ReadonlyMap<string, Link['relation']> = new Map([
  ['PERMITTED', 'POSSIBLE_BREACH'],
  ['POSSIBLE_BREACH', 'PERMITTED'],
]);

const keys = new WeakMap<Link[], ReadonlySet<string>>();

/** The keys of the links of a folder, computed once. */
function keysOf(links: Link[]): ReadonlySet<string> {
  let known = keys.get(links);
  if (!known) {
    known = new Set(links.map(keyOf));
    keys.set(links, known);
  }
  return known;
}

/**
 * Reports links that do not refer to exactly one provision or regime, and links that repeat another one: in the same folder, in that of the
 * statement or in the register; and links that contradict another one of their folder or the provision.
 */
export const links: Check = ({ entries, folders }) => {
  const seen = new Set<string>();
  return entriesOf(entries, 'links').flatMap((entry) => {
    const link = entry.parsed.record as unknown as Link;
    const { statement, provision, regime, relation } = link;
    if (provision && regime)
      return [
        problemAt(
          entry,
          ['regime'],
          'a regime and a provision; expected the provision only, which determines the regime.',
        ),
      ];
    if (!provision && !regime)
      return [problemAt(entry, [], 'a link without a target; expected a provision or a regime.')];
    const key = keyOf(link);
    const others = [REGISTER, /^statement:([^/]+)\//.exec(statement)?.[1] ?? REGISTER];
    const isRepeated = others.some(
      (folder) => folder !== entry.parsed.file.folder && keysOf(folders.sectionOf(folder, 'links')).has(key),
    );
    if (!seen.has(key) && !isRepeated) {
      seen.add(key);
      if (relation === 'PERMITTED_WITHIN_CAP' && provision && folders.find('provisions', provision)?.cap === null)
        return [
          problemAt(
            entry,
            ['relation'],
            `PERMITTED_WITHIN_CAP with a provision without a cap; expected the "cap" of ${provision.replace('provision:', '')}, or another relation.`,
          ),
        ];
      // A regime has several provisions.
      const contrary = provision ? CONTRARY.get(relation) : undefined;
      return contrary !== undefined && seen.has(keyOf({ ...link, relation: contrary }))
        ? [
            problemAt(
              entry,
              ['relation'],
              `${relation}, but another link says ${contrary} of the same statement and provision; expected one of them.`,
            ),
          ]
        : [];
    }
    return [
      problemAt(
        entry,
        ['relation'],
        `${relation} is already recorded between this statement and ${provision ? 'provision' : 'regime'}; expected it once.`,
      ),
    ];
  });
};
