import { type CodePointText, countBelow, passageDigest } from '@dossier/domain/facts';
import { linked, passagesOf, positionOf } from '../consequences.js';
import type { Seeds } from '../records.js';
import { type Check, contentsOf, entriesOf, passageOf, problemAt } from './input.js';

type Document = Seeds['documents'][number];

/** Reports passages that are not within one paragraph of their document, paragraphs out of order, and words of the text in no paragraph. */
export const spans: Check = ({ seeds, entries, texts }) => {
  const documents = new Map(seeds.documents.map((document) => [document.id, extentOf(document)]));
  return [
    // First, because passages in no paragraph follow from it.
    ...entriesOf(entries, 'document').flatMap((entry) => {
      const text = texts.get(entry.id)?.text;
      const message = text && uncoveredProblem(entry.parsed.record as unknown as Document, text);
      if (!message) return [];
      const paragraphs = passagesOf(entry.id);
      return [linked(problemAt(entry, ['paragraphs'], message), { subjects: [paragraphs], causes: [paragraphs] })];
    }),
    ...entries.flatMap((entry) => {
      const id = (entry.parsed.record['origin'] as { document: string | null }).document ?? '';
      const document = documents.get(id);
      if (!document) return [];
      // Passages outside a paragraph follow from wrong paragraphs, but those of the document are the paragraphs.
      const subjects = [passagesOf(entry.id)];
      const causes = entry.id === id ? [] : [passagesOf(id)];
      return contentsOf(entry).records.flatMap((found) => {
        const passage = passageOf(found.value);
        const problem = passage && boundsProblem(document, passage.start, passage.end);
        if (!problem) return [];
        // If a paragraph is missing, all passages in its place have this problem: the first stands for them.
        const gap = problem.gap === null ? [] : [`gap ${problem.gap} of ${id}`];
        return [
          linked(problemAt(entry, [...found.path, 'at'], problem.message), {
            subjects: [...subjects, ...gap, positionOf(entry.id, found.path)],
            causes: [...causes, ...gap],
          }),
        ];
      });
    }),
    ...entriesOf(entries, 'document').flatMap((entry) => {
      const problems = paragraphProblems(entry.parsed.record as unknown as Document);
      // With a missing or additional paragraph, all numbers after it are wrong.
      const first = problems.find(({ isNumber }) => isNumber);
      const numbers = `numbers of paragraphs of ${entry.id}`;
      return problems.map((problem) =>
        linked(problemAt(entry, ['paragraphs', problem.index], problem.message), {
          subjects: [passagesOf(entry.id), ...(problem === first ? [numbers] : [])],
          causes: problem.isNumber && problem !== first ? [numbers] : [],
        }),
      );
    }),
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

/** What is wrong with a passage; `gap` is the number of paragraphs before it if it is in none. */
function boundsProblem(
  { length, paragraphs, starts }: Extent,
  start: number,
  end: number,
): { message: string; gap: number | null } | null {
  const problem = (message: string, gap: number | null = null) => ({
    message: `the passage [${start}, ${end}] ${message}.`,
    gap,
  });
  if (end <= start) return problem('is empty or reversed; expected the end after the start');
  if (end > length) return problem(`ends beyond the document; expected an end of at most ${length}`);
  const before = countBelow(starts, start + 1);
  const paragraph = paragraphs[before - 1];
  if (!paragraph || start >= paragraph.at[1])
    return problem('is not in a paragraph; expected one within a paragraph', before);
  if (end > paragraph.at[1])
    return problem(`leaves paragraph ${paragraph.number}, which ends at ${paragraph.at[1]}; expected one within it`);
  return null;
}

interface ParagraphProblem {
  index: number;
  message: string;
  /** Whether it is about the number of the paragraph. */
  isNumber: boolean;
}

function paragraphProblems({ paragraphs }: Document): ParagraphProblem[] {
  return paragraphs.flatMap(({ number, at }, index): ParagraphProblem[] => {
    const before = paragraphs[index - 1];
    if (number !== index + 1)
      return [
        {
          index,
          message: `paragraph ${number} is item ${index + 1} of the list; expected paragraphs numbered from 1.`,
          isNumber: true,
        },
      ];
    if (before && at[0] < before.at[1])
      return [
        {
          index,
          message: `paragraph ${number} begins at ${at[0]}, before the end of the previous one (${before.at[1]}); expected paragraphs in order.`,
          isNumber: false,
        },
      ];
    return [];
  });
}

/** What is wrong if words of the text are in no paragraph: no passage could cite them, and no search finds them. */
function uncoveredProblem({ length, paragraphs }: Document, text: CodePointText): string | null {
  if (length !== text.length) return null;
  const inOrder = paragraphs.toSorted((a, b) => a.at[0] - b.at[0]);
  // Where a paragraph is that does not match the text cannot be known.
  const isIntact = (paragraph: Document['paragraphs'][number] | undefined): boolean =>
    paragraph === undefined ||
    (paragraph.at[1] <= length && passageDigest(text.slice(...paragraph.at)) === paragraph.digest);
  const gaps: [number, number][] = [];
  let end = 0;
  for (let index = 0; index <= inOrder.length; index += 1) {
    const [before, after] = [inOrder[index - 1], inOrder[index]];
    const start = after?.at[0] ?? length;
    if (start > end && isIntact(before) && isIntact(after)) {
      // Separators such as "* * *" need no paragraph.
      const between = text.slice(end, start);
      const words = WORDS.exec(between);
      if (words) {
        const first = end + lengthOf(between.slice(0, words.index));
        gaps.push([first, first + lengthOf(words[0])]);
      }
    }
    end = Math.max(end, after?.at[1] ?? length);
  }
  const [first] = gaps;
  if (!first) return null;
  const place = `[${first.join(', ')}]`;
  return `words of the text are in no paragraph${gaps.length === 1 ? `: ${place}` : `, in ${gaps.length} places, first ${place}`}; expected paragraphs that contain all words.`;
}

/** From the first letter or digit to the last. */
const WORDS = /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/su;
/** In code points. */
const lengthOf = (text: string): number => [...text].length;
