import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isYaml, replaceFile, stemOf } from '../files.js';
import { type Merged, mergeRecords } from '../mergeRecords.js';
import { RecordEditError } from '../recordEdit.js';
import { failure, type Outcome, success } from './outcome.js';

/** The versions of a file that git could not merge: the common one, ours and theirs. */
interface Versions {
  base: string | null;
  ours: string;
  theirs: string;
}

/** Merges the seed files that a merge of git left with conflicts. A file in which both sides changed the same is left as it is. */
export function merge(seedsDir: string): Outcome {
  const unmerged = git(seedsDir, ['ls-files', '--unmerged', '-z', '--', '.']);
  if (unmerged === null)
    return failure(['The seeds are not in a git repository; expected one with an unfinished merge.']);
  const blobs = new Map<string, Map<string, string>>();
  for (const entry of unmerged.split('\0').filter(Boolean)) {
    const [, blob = '', stage = '', name = ''] = /^\d+ ([0-9a-f]+) (\d)\t([\s\S]*)$/.exec(entry) ?? [];
    blobs.set(name, (blobs.get(name) ?? new Map()).set(stage, blob));
  }
  if (blobs.size === 0) return success(['There are no conflicts in the seeds.']);
  const results = [...blobs].map(([name, stages]) => mergeFile(seedsDir, name, stages));
  const lines = results.map(({ line }) => line);
  return results.every(({ isMerged }) => isMerged)
    ? success([...lines, 'Run "seeds check", then "git add" and "git commit".'])
    : failure(lines);
}

function mergeFile(
  seedsDir: string,
  name: string,
  stages: ReadonlyMap<string, string>,
): { isMerged: boolean; line: string } {
  const read = (stage: string): string | null => {
    const blob = stages.get(stage);
    return blob === undefined ? null : git(seedsDir, ['cat-file', 'blob', blob]);
  };
  const [base, ours, theirs] = [read('1'), read('2'), read('3')];
  const left = (reason: string) => ({ isMerged: false, line: `${name}: not merged: ${reason}.` });
  if (!isYaml(name) || name.split('/').length !== 2) return left('it is not a file of records');
  if (ours === null || theirs === null) return left('one side removed the file');
  const result = mergeSafely(stemOf(name), { base, ours, theirs });
  if (typeof result === 'string') return left(result);
  if (result.conflicts.length > 0) return left(result.conflicts.join('; '));
  replaceFile(join(seedsDir, name), result.source);
  return {
    isMerged: true,
    line: `${name}: merged, ${result.count} ${result.count === 1 ? 'change' : 'changes'} of the other side.${commentsLine(result.lostComments)}`,
  };
}

const MAX_SHOWN = 5;

/** The comments of the other side that a person has to take over, by their lines in its version. */
function commentsLine(lost: Merged['lostComments']): string {
  if (lost.length === 0) return '';
  const lines = lost.slice(0, MAX_SHOWN).map(({ line }) => line);
  return ` Its comments on ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}${lost.length > MAX_SHOWN ? ' and others' : ''} were not taken over ("git show MERGE_HEAD:./<file>" prints them).`;
}

function mergeSafely(stem: string, { base, ours, theirs }: Versions): Merged | string {
  try {
    return mergeRecords(stem, base, ours, theirs);
  } catch (error) {
    if (error instanceof RecordEditError) return error.message.replace(/\.$/, '');
    throw error;
  }
}

/** The output of git in a folder; null if it fails. */
function git(cwd: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  return status === 0 ? stdout : null;
}
