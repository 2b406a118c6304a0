interface Fact {
  fact: string;
  /** Captures the number, with or without separators. */
  pattern: RegExp;
  /** The setting whose default it is, if any. */
  setting?: string;
}

/** Numbers that pages state in prose. */
export const facts: Fact[] = [
  { fact: 'the size of the federation audit', pattern: /\ball (\d+) cases\b|\bof (\d+) cases\b/gi },
  { fact: 'the rate of seeding a million statements', pattern: /([\d,]+) statements (?:a|per) second at 1,?000,?000/g },
  { fact: 'the largest page', pattern: /\bpage has at most (\d+)/g, setting: 'MAX_PAGE' },
  { fact: 'the default page', pattern: /(?<![.\d])(\d+) by default\b/g },
  { fact: 'the number of plans that are compared', pattern: /\bat most (\d+) plans\b/gi },
  {
    fact: 'the number of matches that are ranked',
    pattern: /\bfirst ([\d,]+) in text order|\bup to ([\d,]+) matches/g,
  },
  { fact: 'the number of rows that are cached', pattern: /\bcaches ([\d,]+) rows|\b([\d,]+) of each\b/g },
  { fact: 'the number of errors about a request', pattern: /\bat most (\d+) (?:such errors|errors about a request)/gi },
  {
    fact: 'the time over HTTP until a store is noticed',
    pattern: /\b(five|\d+) seconds(?:, because| at most, or less)/g,
  },
];

/** The numbers that a pattern captures in some texts, wherever their lines break, without separators. */
export const numbersOf = (pattern: RegExp, texts: readonly string[]): string[] =>
  texts.flatMap((text) =>
    [...text.replaceAll(/\s+/g, ' ').matchAll(pattern)].map((match) =>
      (match.slice(1).find((group) => group !== undefined) ?? '').replaceAll(',', ''),
    ),
  );
