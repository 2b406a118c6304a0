import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command.mjs';

/** The full hash of a revision; throws if the repository has no such commit. */
export function resolveCommit(root, revision) {
  // After --end-of-options nothing is read as an option, whatever a revision is called.
  const { status, stdout } = git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (status !== 0)
    throw new Error(
      `"${revision}" is not a commit of this repository; expected a hash, a tag or a branch. If it is on a remote, fetch it first.`,
    );
  return stdout.trim();
}

/** The commit of a checkout, null if it has none yet, and whether files differ from it. */
export function describeCheckout(root) {
  const { status, stdout } = git(root, 'rev-parse', '--verify', '--quiet', 'HEAD');
  return {
    commit: status === 0 ? stdout.trim() : null,
    isModified: git(root, 'status', '--porcelain').stdout.trim() !== '',
  };
}

/** Checks a commit out into a folder, as a worktree of this repository, installs and builds it. */
export async function checkOut(root, commit, folder, { signal, onProgress }) {
  onProgress('checking out');
  const { status, stderr } = git(root, 'worktree', 'add', '--quiet', '--detach', folder, commit);
  if (status !== 0) throw new Error(`git worktree add failed:\n${stderr.trim()}`);
  if (hasSameLock(root, folder)) {
    onProgress('linking node_modules: package-lock.json is the same as here');
    for (const modules of modulesFolders(root)) linkFolder(join(root, modules), join(folder, modules));
  } else {
    onProgress('npm ci: package-lock.json is not the same as here; this may take minutes');
    await runCommand('npm', ['ci', '--prefer-offline'], { cwd: folder, signal });
  }
  onProgress('npm run build');
  await runCommand('npm', ['run', 'build'], { cwd: folder, signal });
}

/** Removes a checkout, also one that was not completed. */
export function removeCheckout(root, folder) {
  git(root, 'worktree', 'remove', '--force', '--force', folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  git(root, 'worktree', 'prune');
}

function hasSameLock(root, folder) {
  const [here, there] = [root, folder].map((checkout) => join(checkout, 'package-lock.json'));
  return existsSync(there) && readFileSync(here, 'utf8') === readFileSync(there, 'utf8');
}

/** The `node_modules` of the root and of the workspaces. */
function modulesFolders(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const folders = Object.keys(packages).flatMap((path) => /^.*?node_modules(?=\/)/.exec(path) ?? []);
  return [...new Set(folders)].filter((folder) => existsSync(join(root, folder)));
}

const git = (root, ...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });

/**
 * Copies a folder as hard links, which takes seconds instead of a minute on a busy disk. Links of npm between packages
 * are relative, so that those of the new folder lead to its own packages.
 */
function linkFolder(source, target) {
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    if (entry.isDirectory()) linkFolder(from, to);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else linkOrCopy(from, to);
  }
}

function linkOrCopy(from, to) {
  try {
    linkSync(from, to);
  } catch (error) {
    // Another file system, or one without hard links.
    if (error.code !== 'EXDEV' && error.code !== 'EPERM') throw error;
    copyFileSync(from, to);
  }
}
