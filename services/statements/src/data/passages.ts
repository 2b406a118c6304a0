import { type CodePointText, passageDigest } from '@dossier/domain';
import type { CitedPassage } from '../tables.js';

/**
 * Returns a function that says whether a passage of a mounted text has the digest that was recorded when it was cited. Each cited
 * passage is compared once. A passage that nothing cites has no digest, and is that of the verified text.
 */
export function passageVerifier(
  text: CodePointText,
  cited: readonly CitedPassage[],
): (passage: { start: number; end: number }) => boolean {
  const digests = new Map<string, Set<string>>();
  for (const [start, end, digest] of cited) {
    const known = digests.get(`${start},${end}`);
    if (known) known.add(digest);
    else digests.set(`${start},${end}`, new Set([digest]));
  }
  const results = new Map<string, boolean>();
  return ({ start, end }) => {
    const key = `${start},${end}`;
    const expected = digests.get(key);
    if (!expected) return true;
    let isSame = results.get(key);
    if (isSame === undefined) {
      // Two records may cite one passage with different digests: then the words are not those of both.
      isSame = expected.size === 1 && expected.has(passageDigest(text.slice(start, end)));
      results.set(key, isSame);
    }
    return isSame;
  };
}
