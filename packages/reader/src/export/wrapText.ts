/** Lines that are not longer than this: in characters, or as `lengthOf` measures them. A longer word is broken. */
export function wrapText(text: string, max: number, lengthOf = (line: string): number => line.length): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(`${last} ${word}`) <= max) {
      lines[lines.length - 1] = `${last} ${word}`;
      continue;
    }
    let line = '';
    for (const point of word) {
      if (line !== '' && lengthOf(line + point) > max) {
        lines.push(line);
        line = '';
      }
      line += point;
    }
    lines.push(line);
  }
  return lines;
}
