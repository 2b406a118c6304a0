const MARKS: [open: string, close: string][] = [
  ["'", "'"],
  ['‘', '’'],
  ['"', '"'],
  ['“', '”'],
];
const ANY_MARK = /['‘"“]/;
const LETTER = /[\p{L}\p{N}]/u;

/** A phrase between quotation marks. It is sure where it ends at the first mark that may close it. */
export interface Quoted {
  phrase: string;
  isSure: boolean;
}

/**
 * Every phrase that may be a quotation. A mark opens one where no letter stands before it, and may close one where none
 * stands behind it. The closing mark may be an apostrophe as well (the dukes' bridge), so that each later one may be the end.
 */
export function quotedPhrases(text: string): Quoted[] {
  if (!ANY_MARK.test(text)) return [];
  return MARKS.flatMap(([open, close]) =>
    placesOf(text, open)
      .filter((start) => !LETTER.test(text[start - 1] ?? ''))
      .flatMap((start) =>
        placesOf(text, close)
          .filter((end) => end > start && !LETTER.test(text[end + 1] ?? ''))
          .map((end, index) => ({ phrase: text.slice(start + 1, end), isSure: index === 0 })),
      ),
  );
}

const placesOf = (text: string, mark: string): number[] => [...text.matchAll(new RegExp(mark, 'g'))].map(({ index }) => index);
