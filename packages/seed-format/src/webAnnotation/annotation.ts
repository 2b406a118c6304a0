import { z } from 'zod';

/** The context of the W3C Web Annotation Data Model: https://www.w3.org/TR/annotation-model/ */
export const CONTEXT = 'http://www.w3.org/ns/anno.jsonld';

const listOf = <Item extends z.ZodType>(item: Item) => z.union([z.array(item), item.transform((one) => [one])]);

const Quote = z.object({
  type: z.literal('TextQuoteSelector'),
  exact: z.string(),
  prefix: z.string().default(''),
  suffix: z.string().default(''),
});
const Position = z.object({
  type: z.literal('TextPositionSelector'),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
});
/** Selectors of other types are ignored: alternatives to the two that are read. */
const Selector = z.union([Quote, Position, z.unknown().transform(() => null)]);
const Target = z.union([
  z.object({ selector: listOf(Selector).default([]) }),
  z.unknown().transform(() => ({ selector: [] as z.output<typeof Selector>[] })),
]);
/** A comment, or what a passage is linked to. */
const Body = z.union([
  z.string().transform((id) => ({ id, comment: null as string | null })),
  z
    .object({ value: z.string() })
    .transform(({ value }) => ({ id: null as string | null, comment: value as string | null })),
  z
    .object({ id: z.string().optional(), source: z.string().optional() })
    .transform(({ id, source }) => ({ id: id ?? source ?? null, comment: null as string | null })),
]);
const Annotation = z.object({
  id: z.string().optional(),
  type: z.union([z.literal('Annotation'), z.array(z.string()).refine((types) => types.includes('Annotation'))]),
  target: listOf(Target),
  body: listOf(Body).default([]),
});

const Page = z.object({ items: z.array(z.unknown()) });
/** An annotation, a list of them, a page, or a collection with its first page. */
const File = z.union([
  z.array(z.unknown()),
  z.object({ first: Page }).transform(({ first }) => first.items),
  Page.transform(({ items }) => items),
  z.object({ type: z.unknown(), target: z.unknown() }).transform((one) => [one as unknown]),
]);

/** What an import needs of an annotation. */
export interface ReadAnnotation {
  /** Null if it has none. */
  quote: { exact: string; prefix: string; suffix: string } | null;
  /** As given: see `Offsets`. Null if it has none. */
  position: { start: number; end: number } | null;
  /** IRIs of its bodies. */
  links: string[];
  comment: string | null;
}

/** Each annotation of a file, one for each target; null where an item is not an annotation. Throws a ZodError for another file. */
export function readAnnotations(json: unknown): (ReadAnnotation | null)[] {
  return File.parse(json).flatMap((item): (ReadAnnotation | null)[] => {
    const { success, data } = Annotation.safeParse(item);
    if (!success) return [null];
    const comments = data.body.flatMap(({ comment }) => comment ?? []);
    return data.target.map(({ selector }) => ({
      quote: selector.find((each) => each?.type === 'TextQuoteSelector') ?? null,
      position: selector.find((each) => each?.type === 'TextPositionSelector') ?? null,
      links: data.body.flatMap(({ id }) => id ?? []),
      comment: comments.length > 0 ? comments.join('\n') : null,
    }));
  });
}
