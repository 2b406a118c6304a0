import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';

/** Longer names are not compared: they are no slip of the keyboard, and take quadratic time. */
const MAX_LENGTH = 60;

/** The known name that differs from a given one by a slip of the keyboard: a quarter of its letters, the case, or hyphens. Null if there is none. */
export function nearest(name: string, known: readonly string[]): string | null {
  if (name.length > MAX_LENGTH) return null;
  const own = folded(name);
  const limit = Math.max(1, Math.floor(own.length / 4));
  let best: string | null = null;
  let least = limit + 1;
  for (const each of known) {
    const edits = distance(own, folded(each));
    if (edits < least) [best, least] = [each, edits];
  }
  return best;
}

const folded = (name: string): string => name.toLowerCase().replaceAll(/[_\-\s]/g, '');

/** The keys that a schema has at a path; empty if there is no object. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let schemas = unwrapped(schema);
  for (const step of path) schemas = schemas.flatMap((each) => childrenOf(each, step).flatMap(unwrapped));
  return [...new Set(schemas.flatMap((each) => Object.keys(definitionOf(each).shape ?? {})))];
}

/** What this needs of the definition of a schema. */
interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  options?: z.ZodType[];
  items?: z.ZodType[];
  in?: z.ZodType;
  out?: z.ZodType;
}

const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

/** The schemas of values that a schema accepts in other ways: as optional, by default, one of several, before a transformation. */
function unwrapped(schema: z.ZodType): z.ZodType[] {
  const { innerType, options, in: input, out } = definitionOf(schema);
  const inner = [innerType, input, out, ...(options ?? [])].filter((each) => each !== undefined);
  return inner.length === 0 ? [schema] : inner.flatMap(unwrapped);
}

function childrenOf(schema: z.ZodType, step: PropertyKey): z.ZodType[] {
  const { shape, element, items } = definitionOf(schema);
  const child = shape && Object.hasOwn(shape, step) ? shape[String(step)] : (element ?? items?.[Number(step)]);
  return child ? [child] : [];
}
