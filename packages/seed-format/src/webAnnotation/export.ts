import { type CodePointText, parseCitationId, passageDigest } from '@dossier/domain/facts';
import type { Seeds } from '../records.js';
import { CONTEXT } from './annotation.js';
import { type Offsets, toOffset } from './offsets.js';

/** Code points before and after a quotation that tell it from others. */
const CONTEXT_LENGTH = 32;

interface ExportOptions {
  offsets: Offsets;
  /** Whether annotations quote the words. */
  withWords: boolean;
}

interface Cited {
  citation: string;
  digest: string;
}

/**
 * The passages that the records of a document cite, as a Web Annotation collection: the body of each is the id of its record. A passage
 * whose words are not those that were cited is not quoted. `text` may be null if positions are code points and nothing is quoted.
 */
export function annotationCollection(
  seeds: Seeds,
  document: string,
  text: CodePointText | null,
  { offsets, withWords }: ExportOptions,
) {
  const items = recordsWithCitations(seeds, document).map(({ record, citation, digest }) => {
    const { start, end } = parseCitationId(citation) ?? { start: 0, end: 0 };
    const position = {
      type: 'TextPositionSelector',
      start: text ? toOffset(text, start, offsets) : start,
      end: text ? toOffset(text, end, offsets) : end,
    };
    const isIntact = text !== null && passageDigest(text.slice(start, end)) === digest;
    const quote = {
      type: 'TextQuoteSelector',
      exact: text?.slice(start, end),
      prefix: text?.slice(Math.max(0, start - CONTEXT_LENGTH), start),
      suffix: text?.slice(end, Math.min(text.length, end + CONTEXT_LENGTH)),
    };
    return {
      id: `${record}#char=${start},${end}`,
      type: 'Annotation',
      motivation: 'linking',
      body: record,
      target: { source: document, selector: withWords && isIntact ? [position, quote] : [position] },
    };
  });
  return {
    '@context': CONTEXT,
    type: 'AnnotationCollection',
    label: document,
    total: items.length,
    first: { type: 'AnnotationPage', startIndex: 0, items },
  };
}

/** Each record with each passage of the document that it cites, in order of the text. */
function recordsWithCitations(seeds: Seeds, document: string): (Cited & { record: string })[] {
  const found = new Map<string, Cited & { record: string; start: number }>();
  const visit = (value: unknown, record: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('citation' in value && 'digest' in value) {
      const { citation, digest } = value as Cited;
      const passage = parseCitationId(citation);
      if (passage?.document === document)
        found.set(`${record} ${citation}`, { record, citation, digest, start: passage.start });
      return;
    }
    for (const inner of Object.values(value)) visit(inner, record);
  };
  for (const records of Object.values(seeds) as Record<string, unknown>[][])
    for (const each of records) {
      // What a document adds to a shared record is cited by that record.
      const id = each['of'] ?? each['id'];
      if (typeof id === 'string' && !id.startsWith('document:')) visit(each, id);
    }
  return [...found.values()].sort((a, b) => a.start - b.start || (a.record < b.record ? -1 : 1));
}
