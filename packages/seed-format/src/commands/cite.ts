import { type CodePointText, citationId, passageDigest } from '@dossier/domain';
import type { MountedDocument } from '../mounted.js';
import type { Seeds } from '../records.js';
import { findFolded } from './fold.js';
import { failure, type Outcome, success } from './outcome.js';

type Document = Seeds['documents'][number];

/** Every occurrence of the words in the document, as passages to paste into a record. */
export function cite(
  seeds: Seeds,
  mounted: ReadonlyMap<string, MountedDocument>,
  wanted: string,
  words: string,
): Outcome {
  const id = wanted.startsWith('document:') ? wanted : `document:${wanted}`;
  const document = seeds.documents.find((candidate) => candidate.id === id);
  if (!document)
    return failure([
      `"${wanted}" is not a document of these seeds; expected ${seeds.documents.map((known) => known.id).join(' or ') || 'one, but they have none'}.`,
    ]);
  const { availability, text } = mounted.get(id) ?? { availability: 'NOT_MOUNTED', text: null };
  if (!text)
    return failure([
      availability === 'MISMATCH'
        ? `The text mounted as ${id} does not have the digest of document.yaml.`
        : `The text of ${id} is not mounted.`,
      EXPECTED_TEXT,
    ]);
  const places = occurrencesOf(text, words);
  if (places.length === 0) return failure([`These words do not occur in ${id}.`, ...hint(document, text, words)]);
  return success([
    ...(places.length > 1 ? [`The words occur ${places.length} times.`] : []),
    ...places.flatMap(([start, end]) => formatPassage(document, text, start, end)),
  ]);
}

const EXPECTED_TEXT =
  'Expected --documents or DOCUMENTS_DIR to name a folder with the text in it, under any file name.';

/** Start and end of each occurrence, in code points. Occurrences may overlap. */
function occurrencesOf(text: CodePointText, words: string): [number, number][] {
  const content = text.toString();
  const places: [number, number][] = [];
  for (let unit = content.indexOf(words); words !== '' && unit >= 0; unit = content.indexOf(words, unit + 1))
    places.push([text.positionOf(unit), text.positionOf(unit + words.length)]);
  return places;
}

function formatPassage(document: Document, text: CodePointText, start: number, end: number): string[] {
  return [
    citationId(document.id, start, end),
    `  ${paragraphOf(document, start, end)}`,
    `  { at: [${start}, ${end}], digest: "${passageDigest(text.slice(start, end))}" }`,
  ];
}

function paragraphOf({ paragraphs }: Document, start: number, end: number): string {
  const within = paragraphs.find(({ at }) => at[0] <= start && end <= at[1]);
  if (within) return `paragraph ${within.number}`;
  const touched = paragraphs.filter(({ at }) => at[0] < end && start < at[1]).map(({ number }) => number);
  return touched.length > 0 ? `not within one paragraph, but in ${touched.join(', ')}` : 'in no paragraph';
}

function hint(document: Document, text: CodePointText, words: string): string[] {
  const found = findFolded(text.toString(), words);
  if (!found) return [];
  const start = text.positionOf(found.start);
  const end = text.positionOf(found.end);
  return [
    `They occur with different ${found.differences.join(' and ')}: ${JSON.stringify(text.slice(start, end))}`,
    ...formatPassage(document, text, start, end),
  ];
}
