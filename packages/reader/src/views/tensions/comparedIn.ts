const MAX_COMPARED = 4;

/** The statements that an address compares. */
export const comparedIn = ({ compare = '' }: Readonly<Record<string, string>>): string[] =>
  compare.split(',').filter(Boolean).slice(0, MAX_COMPARED);
