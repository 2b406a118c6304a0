import type { QuotationKind } from '@dossier/client';
import type { Mark } from './marks.js';

/** A run of text with the same highlights throughout. */
export interface Segment {
  start: number;
  end: number;
  statements: string[];
  /** Statements with a passage that begins here. */
  begins: string[];
  /** The innermost quotation. */
  quotation: { id: string; kind: QuotationKind } | null;
  hedges: string[];
  /** Other records. */
  records: string[];
  isInsertion: boolean;
  isTarget: boolean;
  /** Whether it is a place of the search, and the one that is shown. */
  found: 'found' | 'current' | null;
}

interface Span {
  start: number;
  end: number;
}

/** Splits a span wherever a highlight begins or ends. The segments concatenate to the span. */
export function segmentsOf(span: Span, marks: readonly Mark[]): Segment[] {
  const here = marks.filter((mark) => mark.start < span.end && mark.end > span.start);
  const cuts = new Set([span.start, span.end]);
  for (const { start, end } of here) {
    if (start > span.start) cuts.add(start);
    if (end < span.end) cuts.add(end);
  }
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1] ?? span.end;
    return segment(
      { start, end },
      here.filter((mark) => mark.start <= start && mark.end >= end),
    );
  });
}

function segment({ start, end }: Span, over: readonly Mark[]): Segment {
  const found: Segment = {
    start,
    end,
    statements: [],
    begins: [],
    quotation: null,
    hedges: [],
    records: [],
    isInsertion: false,
    isTarget: false,
    found: null,
  };
  let narrowest = Number.POSITIVE_INFINITY;
  for (const mark of over) {
    const { is } = mark;
    if ('statement' in is) {
      found.statements.push(is.statement);
      if (mark.start === start) found.begins.push(is.statement);
    } else if ('quotation' in is) {
      if (mark.end - mark.start < narrowest) {
        narrowest = mark.end - mark.start;
        found.quotation = { id: is.quotation, kind: is.kind };
      }
    } else if ('hedge' in is) found.hedges.push(is.hedge);
    else if ('record' in is) found.records.push(is.record);
    else if ('insertion' in is) found.isInsertion = true;
    else if ('found' in is) found.found = is.isCurrent ? 'current' : 'found';
    else found.isTarget = true;
  }
  return found;
}

/** The words of a segment. Positions are code points, not the UTF-16 units of a JavaScript string. */
export const textOf = (points: readonly string[], origin: number, { start, end }: Span): string =>
  points.slice(start - origin, end - origin).join('');
