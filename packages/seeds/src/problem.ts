/** What is wrong with a seed, where, and what was expected. */
export interface Problem {
  /** Relative to the seeds folder. */
  file: string;
  line: number;
  /** Path of the value in its file, e.g. `statements[5].saidOn.edtf`; empty for the file as a whole. */
  path: string;
  message: string;
}

export const formatProblem = ({ file, line, path, message }: Problem): string => `${file}:${line}${path && ` ${path}`}: ${message}`;

export type Path = readonly (string | number)[];

export const formatPath = (path: Path): string => path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step), '');
