import { HEDGE_WORDS } from './hedgeWords.js';
import { NameIndex } from './nameIndex.js';
import type { Paragraph, Span } from './paragraphs.js';

export interface Hedge extends Span {
  hedge: string;
}

let index: NameIndex<string> | undefined;

/** Words of the lists of hedges, whatever their capital letters. A month is not the verb "may". */
export function hedgesIn({ content, words }: Paragraph): Hedge[] {
  index ??= new NameIndex(
    Object.entries(HEDGE_WORDS).flatMap(([lang, kinds]) =>
      Object.entries(kinds).flatMap(([kind, phrases]) =>
        phrases.split(', ').map((text) => ({ text, lang, value: kind, anyCase: true })),
      ),
    ),
  );
  return index.search(content, words).flatMap(({ start, end, values, words: [first, last] }) => {
    const isMonth =
      words[first]?.text === 'May' && last === first + 1 && first > 0 && /^\d/.test(words[last]?.text ?? '');
    return isMonth ? [] : [{ start, end, hedge: values[0] as string }];
  });
}
