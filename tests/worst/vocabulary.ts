/** Argument values, taken from responses. */
export interface Vocabulary {
  /** By name of their type. */
  ids: Map<string, string[]>;
  /** Words of long texts, the most frequent first. */
  words: string[];
  /** Short texts. */
  texts: string[];
}

/** Characters of a text that is searched; shorter ones are names and codes. */
const LONG = 40;

/** Reads ids, words and texts from responses that select `__typename` and `id` of their objects. */
export function vocabularyOf(responses: readonly unknown[]): Vocabulary {
  const ids = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  const texts = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.length < LONG) texts.add(value);
      else
        for (const word of value.toLowerCase().match(/\p{L}{2,}/gu) ?? [])
          counts.set(word, (counts.get(word) ?? 0) + 1);
    } else if (typeof value === 'object' && value !== null) {
      const { __typename: type, id } = value as { __typename?: unknown; id?: unknown };
      if (typeof type === 'string' && typeof id === 'string') ids.set(type, (ids.get(type) ?? new Set()).add(id));
      for (const child of Object.values(value)) visit(child);
    }
  };
  responses.forEach(visit);
  const byFrequency = ([one, count]: [string, number], [other, otherCount]: [string, number]): number =>
    otherCount - count || (one < other ? -1 : 1);
  return {
    ids: new Map([...ids].map(([type, set]) => [type, [...set]])),
    words: [...counts].sort(byFrequency).map(([word]) => word),
    texts: [...texts],
  };
}
