import { createRequire } from 'node:module';

/** Subtags of the IANA registry by type, e.g. `{ fa: { language: 2 } }`. */
type Registry = Record<string, Partial<Record<'language' | 'extlang' | 'script' | 'region' | 'variant', number>>>;

// Loaded on first use: most runs see no unusual tag.
let registry: Registry | undefined;
const isRegistered = (subtag: string, type: keyof Registry[string]): boolean => {
  registry ??= createRequire(import.meta.url)('language-subtag-registry/data/json/index.json') as Registry;
  return Object.hasOwn(registry, subtag.toLowerCase()) && registry[subtag.toLowerCase()]?.[type] !== undefined;
};

/**
 * What is wrong with a language tag of BCP 47 (https://www.rfc-editor.org/info/bcp47); null if its subtags are registered and in the usual
 * letter case. Extensions and private subtags are not used to name a language and are rejected.
 */
export function languageTagProblem(tag: string): string | null {
  const expected = 'expected a language tag of BCP 47, e.g. fa, ko or zh-Hant';
  let canonical: string;
  try {
    canonical = Intl.getCanonicalLocales(tag)[0] as string;
  } catch {
    return expected;
  }
  const [language = '', ...rest] = tag.split('-');
  if (!isRegistered(language, 'language')) return expected;
  if (
    !rest.every((subtag) =>
      (['extlang', 'script', 'region', 'variant'] as const).some((type) => isRegistered(subtag, type)),
    )
  )
    return expected;
  // Deprecated languages have another canonical tag, and stay valid.
  return canonical.toLowerCase() === tag.toLowerCase() && canonical !== tag ? `expected ${canonical}` : null;
}
