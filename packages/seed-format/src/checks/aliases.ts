import { CodePointText } from '@dossier/domain';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import { TextMatcher } from '../textMatch.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Alias = Seeds['actors'][number]['aliases'][number];

/** Reports aliases that are said to be in the document, and do not occur in its text, apart from case. */
export const aliases: Check = ({ entries, texts }) => {
  const matchers = new Map<string, TextMatcher | null>();
  const matcherOf = (document: string): TextMatcher | null => {
    let matcher = matchers.get(document);
    if (matcher === undefined) {
      const text = texts.get(document)?.text;
      matcher = text ? new TextMatcher(new CodePointText(text.toString().toLowerCase())) : null;
      matchers.set(document, matcher);
    }
    return matcher;
  };
  return entriesOf(entries, 'actors', 'places', 'additions').flatMap((entry): Problem[] => {
    const { aliases: all, origin } = entry.parsed.record as unknown as {
      aliases: Alias[];
      origin: { document: string | null };
    };
    return all.flatMap(({ text, inDocument }, index) =>
      inDocument && matcherOf(origin.document ?? '')?.find(text.toLowerCase()).length === 0
        ? [
            problemAt(
              entry,
              ['aliases', index, 'text'],
              `"${text}" does not occur in the text; expected words of the text, or no "inDocument".`,
            ),
          ]
        : [],
    );
  });
};
