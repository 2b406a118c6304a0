/** What a person has to change so that the operating system allows an operation, by its error code. */
const REMEDIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    EACCES: 'permission for it; change the owner or the permissions, or run the command as their owner',
    EPERM: 'permission for it; change the owner or the permissions, or run the command as their owner',
    EROFS: 'a file system that is not read-only; copy the folder to another one',
    ENOSPC: 'free space on the disk',
    EDQUOT: 'free space in the quota of the user',
    ENOTDIR: 'a folder where there is a file; move the file away',
    EEXIST: 'a folder where there is a file; move the file away',
    EISDIR: 'a file where there is a folder; move the folder away',
    ENOENT: 'the file and its folder to exist',
    EMFILE: 'fewer open files; end other programs, or raise the limit of the user',
    ENAMETOOLONG: 'a shorter name',
    EBUSY: 'no other program to use it',
  }),
);

/** What is expected after an error with this code. */
export const remedyFor = (code: string): string => REMEDIES.get(code) ?? 'a file and a folder that can be written';

/** What the system calls of an error were to do. */
const DONE: Readonly<Record<string, string>> = {
  mkdir: 'created',
  mkdtemp: 'created',
  scandir: 'read',
  read: 'read',
  stat: 'read',
  lstat: 'read',
  access: 'read',
  realpath: 'read',
  rename: 'renamed',
  rm: 'removed',
  rmdir: 'removed',
  unlink: 'removed',
  write: 'written',
  fsync: 'written',
  chmod: 'written',
};

/** An error of the file system as one line that names the file, the code and the remedy. */
export function fileErrorMessage({
  path = 'a file',
  syscall = '',
  code = 'unknown error',
}: NodeJS.ErrnoException): string {
  return `${path} cannot be ${DONE[syscall] ?? 'opened'} (${code}); expected ${remedyFor(code)}.`;
}
