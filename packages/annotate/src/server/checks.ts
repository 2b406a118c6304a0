import { readFolder } from '@dossier/seed-format/authoring';
import { formatProblem, type Problem } from '@dossier/seed-format/sources';
import type { CheckAnswer, Path, ProblemAnswer } from '../api.js';
import type { Workspace } from './workspace.js';

/** All problems of the document, with `drafts` in place of its files. */
export function checkDocument(
  { seedsDir, documentsDir, folder }: Workspace,
  drafts: ReadonlyMap<string, string> = new Map(),
): CheckAnswer {
  const { problems, notes } = readFolder(seedsDir, folder, { drafts, ...(documentsDir !== null && { documentsDir }) });
  return {
    problems: problems.map((problem) => answerFor(problem, folder)),
    notes: notes.map((note) => answerFor(note, folder)),
  };
}

function answerFor(problem: Problem, folder: string): ProblemAnswer {
  const { file, line, message } = problem;
  const [section, index, ...path] = parsePath(problem.path);
  const isOfRecord = file.startsWith(`${folder}/`) && typeof section === 'string' && typeof index === 'number';
  return {
    section: isOfRecord ? section : null,
    index: isOfRecord ? index : null,
    path: isOfRecord ? path : [],
    message: message.length > MAX_MESSAGE ? formatProblem({ ...problem, path: '' }) : message,
    place: `${file}:${line}`,
  };
}

const MAX_MESSAGE = 1000;

/** The steps of a path such as `statements[5].saidOn.edtf`. */
const parsePath = (path: string): Path =>
  [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) =>
    index === undefined ? (key as string) : Number(index),
  );
