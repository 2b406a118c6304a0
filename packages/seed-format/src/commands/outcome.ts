import { escapeLine } from '../terminal.js';

/** The output of a command, safe to print, and its exit status: 0 if it could answer, 1 if it could not. */
export interface Outcome {
  output: string;
  status: 0 | 1;
}

// Every command builds its output here, so nothing from seeds or texts reaches a terminal unescaped.
const outcome = (lines: readonly string[], status: Outcome['status']): Outcome => ({
  output: lines.map(escapeLine).join('\n'),
  status,
});

export const answered = (lines: readonly string[]): Outcome => outcome(lines, 0);
export const failed = (lines: readonly string[]): Outcome => outcome(lines, 1);
