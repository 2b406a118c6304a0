import { escapeLine } from '../terminal.js';

/** The output of a command, safe to print, and its exit status: 0 for success, 1 for failure. */
export interface Outcome {
  output: string;
  status: 0 | 1;
}

// Every command builds its output here, so nothing from seeds or texts reaches a terminal unescaped.
const outcome = (lines: readonly string[], status: Outcome['status']): Outcome => ({
  output: lines.map(escapeLine).join('\n'),
  status,
});

export const success = (lines: readonly string[]): Outcome => outcome(lines, 0);
export const failure = (lines: readonly string[]): Outcome => outcome(lines, 1);
