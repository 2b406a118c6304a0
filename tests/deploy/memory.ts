import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@dossier/config';

/** What one program needs, in MB and file descriptors, as docs/operating.md says. */
export interface Needs {
  idle: number;
  /** Most resident memory, of the most expensive operations. */
  peak: number;
  /** The smallest heap (`--max-old-space-size`) with which it serves ordinary pages. */
  heap: number;
  descriptors: number;
}

/** The table of docs/operating.md, by program. */
export function documentedNeeds(): Record<string, Needs> {
  const operating = readFileSync(join(workspaceRoot(), 'docs/operating.md'), 'utf8');
  const rows = [...operating.matchAll(/^\| (A service|The gateway|The whole graph) +\|([\d |]+)\|$/gm)];
  return Object.fromEntries(
    rows.map(([, program = '', cells = '']) => {
      const [idle = 0, peak = 0, heap = 0, descriptors = 0] = cells.split('|').map(Number);
      return [program, { idle, peak, heap, descriptors }];
    }),
  );
}
