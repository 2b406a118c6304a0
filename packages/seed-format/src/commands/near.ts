/** How many letters must be put in, taken out or exchanged to make one word of the other. */
export function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 0; column < to.length; column += 1) {
      const [before, above, left] = [row[column] ?? 0, row[column + 1] ?? 0, next[column] ?? 0];
      next.push(Math.min(before + (letter === to[column] ? 0 : 1), above + 1, left + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
