import type { Path } from './problem.js';

/** The value of what only a person can know or write, in a new document.yaml and in records that a model proposed. */
export const FILL_IN = '<fill in>';

/** A value of a record that has to be replaced before the record can be used. */
export interface Unfinished {
  path: Path;
  message: string;
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value gives a passage by its words. */
export const hasWords = (value: unknown): value is { words: unknown; occurrence?: unknown } =>
  isMapping(value) && Object.hasOwn(value, 'words');

/** Whether a file may have passages that are given by their words. */
export const mayHaveWords = (source: string): boolean => /\bwords["']?\s*:/.test(source);

/** Passages that are given by their words. */
export function* unresolvedWords(value: unknown, folder: string, path: Path = []): Generator<Unfinished> {
  if (hasWords(value))
    yield {
      path: [...path, 'words'],
      message: `unresolved words; run "seeds fill ${folder}", which replaces them by a position and a digest.`,
    };
  else if (isMapping(value) || Array.isArray(value))
    for (const [step, item] of Array.isArray(value) ? value.entries() : Object.entries(value))
      yield* unresolvedWords(item, folder, [...path, step]);
}

const PASSAGE_KEYS: readonly unknown[] = ['words', 'occurrence', 'at', 'digest'];

/** Whether a problem with the value at a path only repeats that words are unresolved. */
export function isAboutWords(item: unknown, path: readonly PropertyKey[]): boolean {
  const mapping = path
    .slice(0, -1)
    .reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], item);
  return PASSAGE_KEYS.includes(path.at(-1)) && hasWords(mapping);
}

const EXPECTED: Readonly<Record<string, string>> = {
  title: 'the title of the document',
  publisher: 'the id of the actor who published it, or no publisher if that is not known',
  edtf: 'the date of publication, e.g. "2001-02-03"',
};

/** Values of a new document that are still to be filled in. */
export function* placeholders(value: unknown, path: Path = []): Generator<Unfinished> {
  if (value === FILL_IN)
    yield {
      path,
      message: `still to be filled in; expected ${EXPECTED[String(path.at(-1))] ?? 'a value of the format'}.`,
    };
  else if (isMapping(value))
    for (const [step, item] of Object.entries(value)) yield* placeholders(item, [...path, step]);
}
