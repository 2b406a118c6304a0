import { countBelow } from '@dossier/domain/facts';
import { linked, passagesOf } from '../consequences.js';
import type { Seeds } from '../records.js';
import { type Check, contentsOf, entriesOf, passageOf, problemAt } from './input.js';

type Document = Seeds['documents'][number];

/** Reports passages that are not within one paragraph of their document, and paragraphs out of order. */
export const spans: Check = ({ seeds, entries }) => {
  const documents = new Map(seeds.documents.map((document) => [document.id, extentOf(document)]));
  return [
    ...entries.flatMap((entry) => {
      const id = (entry.parsed.record['origin'] as { document: string | null }).document ?? '';
      const document = documents.get(id);
      if (!document) return [];
      // Passages outside a paragraph follow from wrong paragraphs, but those of the document are the paragraphs.
      const links = { subjects: [passagesOf(entry.id)], causes: entry.id === id ? [] : [passagesOf(id)] };
      return contentsOf(entry).records.flatMap((found) => {
        const passage = passageOf(found.value);
        const message = passage && boundsProblem(document, passage.start, passage.end);
        return message ? [linked(problemAt(entry, [...found.path, 'at'], message), links)] : [];
      });
    }),
    ...entriesOf(entries, 'document').flatMap((entry) =>
      paragraphProblems(entry.parsed.record as unknown as Document).map(({ index, message }) =>
        linked(problemAt(entry, ['paragraphs', index], message), { subjects: [passagesOf(entry.id)] }),
      ),
    ),
  ];
};

interface Extent {
  length: number;
  paragraphs: Document['paragraphs'];
  /** The start positions of the paragraphs, in ascending order. */
  starts: number[];
}

function extentOf({ length, paragraphs }: Document): Extent {
  const inOrder = paragraphs.toSorted((a, b) => a.at[0] - b.at[0]);
  return { length, paragraphs: inOrder, starts: inOrder.map(({ at }) => at[0]) };
}

function boundsProblem({ length, paragraphs, starts }: Extent, start: number, end: number): string | null {
  if (end <= start) return `the passage [${start}, ${end}] is empty or reversed; expected the end after the start.`;
  if (end > length)
    return `the passage [${start}, ${end}] ends beyond the document; expected an end of at most ${length}.`;
  const paragraph = paragraphs[countBelow(starts, start + 1) - 1];
  if (!paragraph || start >= paragraph.at[1])
    return `the passage [${start}, ${end}] is not in a paragraph; expected one within a paragraph.`;
  if (end > paragraph.at[1])
    return `the passage [${start}, ${end}] leaves paragraph ${paragraph.number}, which ends at ${paragraph.at[1]}; expected one within it.`;
  return null;
}

function paragraphProblems({ paragraphs }: Document): { index: number; message: string }[] {
  return paragraphs.flatMap(({ number, at }, index) => {
    const before = paragraphs[index - 1];
    if (number !== index + 1)
      return [
        {
          index,
          message: `paragraph ${number} is item ${index + 1} of the list; expected paragraphs numbered from 1.`,
        },
      ];
    if (before && at[0] < before.at[1])
      return [
        {
          index,
          message: `paragraph ${number} begins at ${at[0]}, before the end of the previous one (${before.at[1]}); expected paragraphs in order.`,
        },
      ];
    return [];
  });
}
