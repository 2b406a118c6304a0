/** The cells of CSV (RFC 4180) with a byte order mark, line by line. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  cell.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [, content = '', end] = cell.exec(text) ?? [];
    if (end === undefined) throw new Error(`This is not CSV: ${JSON.stringify(text.slice(at, at + 100))}`);
    rows.at(-1)?.push(content.startsWith('"') ? content.slice(1, -1).replaceAll('""', '"') : content);
    if (end === '\r\n') rows.push([]);
  }
  rows.pop();
  return rows;
}
