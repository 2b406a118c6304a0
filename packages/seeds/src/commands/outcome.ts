/** What a command has to say, and the status it ends with: 0 where it could answer, 1 where it could not. */
export interface Outcome {
  output: string;
  status: 0 | 1;
}

export const answered = (lines: readonly string[]): Outcome => ({ output: lines.join('\n'), status: 0 });
export const failed = (lines: readonly string[]): Outcome => ({ output: lines.join('\n'), status: 1 });
