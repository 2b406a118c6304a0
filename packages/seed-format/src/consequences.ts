import type { Problem } from './problem.js';

/** What a problem is about, and what else, if it is wrong, would explain the problem. Keys are opaque. */
interface Links {
  subjects: readonly string[];
  causes: readonly string[];
}

const NO_LINKS: Links = { subjects: [], causes: [] };
// Not part of a problem, which is printed as JSON.
const links = new WeakMap<Problem, Links>();

/** Adds to what a problem is about, and to what would explain it. */
export function linked(problem: Problem, { subjects = [], causes = [] }: Partial<Links>): Problem {
  const known = links.get(problem) ?? NO_LINKS;
  links.set(problem, { subjects: [...known.subjects, ...subjects], causes: [...known.causes, ...causes] });
  return problem;
}

/** The records of a folder that are unknown because a file cannot be read. */
export const recordsOf = (folder: string): string => `records of ${folder}`;
/** The records that all folders share, of any folder. */
export const SHARED_RECORDS = 'shared records';
/** The ids of a section of a folder. */
export const idsIn = (section: string, folder: string): string => `ids of ${section} in ${folder}`;
/** The positions of the passages of a record; those of a document are its paragraphs. */
export const passagesOf = (id: string): string => `passages of ${id}`;

/** The position of one passage of a record. */
export const positionOf = (id: string, path: readonly (string | number)[]): string =>
  `position ${id} ${path.join('.')}`;

/** The bounds of a figure. */
export const boundsOf = (id: string): string => `bounds of ${id}`;
/** A date of a record. */
export const dateOf = (id: string, path: readonly (string | number)[]): string => `date ${id} ${path.join('.')}`;
/** The publisher of a document. */
export const publisherOf = (document: string): string => `publisher of ${document}`;
/** The date of publication of a document. */
export const publicationOf = (document: string): string => `publication of ${document}`;

/** Whether a problem makes records unknown: it is listed before others. */
const hidesRecords = (problem: Problem): boolean =>
  links.get(problem)?.subjects.some((subject) => subject === SHARED_RECORDS || subject.startsWith('records of ')) ??
  false;

/** Whether a problem makes records unknown that all folders share. */
export const hidesSharedRecords = (problem: Problem): boolean =>
  links.get(problem)?.subjects.includes(SHARED_RECORDS) ?? false;

/** Whether a problem may have its cause in a file of another folder. */
export const mayComeFromElsewhere = (problem: Problem): boolean =>
  links.get(problem)?.causes.includes(SHARED_RECORDS) ?? false;

/**
 * The problems without those that follow from others. Each cause has the number of its consequences. A problem follows from the first
 * problem about one of its causes that has itself no cause in the list.
 */
export function withoutConsequences(problems: readonly Problem[]): Problem[] {
  const roots = new Map<string, Problem>();
  const add = (problem: Problem): void => {
    for (const subject of links.get(problem)?.subjects ?? []) if (!roots.has(subject)) roots.set(subject, problem);
  };
  const hasCauses = (problem: Problem) => (links.get(problem)?.causes.length ?? 0) > 0;
  for (const problem of problems) if (!hasCauses(problem)) add(problem);
  return problems.filter((problem) => {
    if (!hasCauses(problem)) return true;
    const root = links
      .get(problem)
      ?.causes.map((cause) => roots.get(cause))
      .find((found) => found !== undefined);
    if (!root || root === problem) {
      // The first of several with the same cause.
      add(problem);
      return true;
    }
    root.consequences = (root.consequences ?? 0) + 1 + (problem.consequences ?? 0);
    return false;
  });
}

/** Problems that hide records first, then by file and line. */
export const byCause = (a: Problem, b: Problem): number =>
  Number(hidesRecords(b)) - Number(hidesRecords(a)) || (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1);
