import { escapeLine } from './terminal.js';

/** Something that is wrong in the seeds: what, where, and what was expected. */
export interface Problem {
  /** Relative to the seeds folder. */
  file: string;
  line: number;
  /** Path of the value in its file, e.g. `statements[5].saidOn.edtf`; empty for the file as a whole. */
  path: string;
  message: string;
  /** Number of problems that follow from this one and are not listed; absent if there are none. */
  consequences?: number;
}

/** Limits for one printed problem, in UTF-16 units. */
const MAX_PATH = 200;
const MAX_MESSAGE = 2000;

/** A problem as one line that is safe to print, whatever the seeds contain. Long paths and messages are truncated. */
export const formatProblem = ({ file, line, path, message, consequences = 0 }: Problem): string =>
  escapeLine(
    `${file}:${line}${path && ` ${truncate(path, MAX_PATH)}`}: ${truncate(message, MAX_MESSAGE)}${consequencesText(consequences)}`,
  );

const consequencesText = (count: number): string =>
  count === 0 ? '' : count === 1 ? ' 1 further problem follows from it.' : ` ${count} further problems follow from it.`;

/** Truncates text to `length` UTF-16 units and adds an ellipsis if something was cut off. */
export const truncate = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)}…` : text;

export type Path = readonly (string | number)[];

export const formatPath = (path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    '',
  );
