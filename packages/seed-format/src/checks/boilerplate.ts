import { countBelow } from '@dossier/domain/facts';
import { linked, passagesOf } from '../consequences.js';
import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

/** Reports statements in paragraphs of the role BOILERPLATE, which contain none. */
export const boilerplate: Check = ({ entries, seeds }) => {
  const paragraphs = new Map(
    seeds.documents.map((document) => {
      const own = document.paragraphs
        .filter(({ role }) => role === 'BOILERPLATE')
        .toSorted((a, b) => a.at[0] - b.at[0]);
      return [document.id, { own, starts: own.map(({ at }) => at[0]) }];
    }),
  );
  return entriesOf(entries, 'statements').flatMap((entry) => {
    const { passages, origin } = entry.parsed.record as unknown as Seeds['statements'][number];
    const { own, starts } = paragraphs.get(origin.document ?? '') ?? { own: [], starts: [] };
    return passages.flatMap(({ at }, index) => {
      const paragraph = own[countBelow(starts, at[0] + 1) - 1];
      return paragraph && at[0] < paragraph.at[1]
        ? [
            linked(
              problemAt(
                entry,
                ['passages', index],
                `[${at.join(', ')}] is in paragraph ${paragraph.number}, which is BOILERPLATE and contains no statements; expected another passage, or another role in document.yaml.`,
              ),
              { causes: [passagesOf(entry.id), passagesOf(origin.document ?? '')] },
            ),
          ]
        : [];
    });
  });
};
