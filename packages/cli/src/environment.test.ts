import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeSystemError, memoryProblem, openFilesProblem, temporaryFolderProblem } from './environment.js';

const folder = mkdtempSync(join(tmpdir(), 'dossier-environment-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the environment of a program', () => {
  it('has a folder for temporary files if one of them can be used', () => {
    const none = join(folder, 'none');

    expect(temporaryFolderProblem([none, folder])).toBeNull();
    expect(temporaryFolderProblem([none])).toMatch(
      /^TMPDIR: the user \d+ may not create files in any of .*none; set TMPDIR to a folder/,
    );
  });

  it('has enough open files from the minimum on, or without a limit', () => {
    expect([openFilesProblem(null), openFilesProblem(256)]).toEqual([null, null]);
    expect(openFilesProblem(255)).toMatch(/^The limit of open files is 255; expected at least 256\./);
  });

  it('has enough memory from the minimum on, or without a container', () => {
    const min = { heap: 100, container: 200 };
    const MIB = 1024 * 1024;

    expect(memoryProblem(100 * MIB, null, min)).toBeNull();
    expect(memoryProblem(100 * MIB, 200 * MIB, min)).toBeNull();
    expect(memoryProblem(99 * MIB, 200 * MIB, min)).toMatch(
      /^The heap limit of Node\.js is 99 MiB; expected at least 100/,
    );
    expect(memoryProblem(99 * MIB, 199 * MIB, min)).toBe(
      'The memory limit of the container is 199 MiB; expected at least 200 MiB.',
    );
  });
});

describe('an error of the operating system', () => {
  const settings = { HOST: '127.0.0.1', PORT: 80, PROBE_PORT: 81 };
  const anError = (properties: object) => Object.assign(new Error('failed'), { errno: -1 }, properties);

  it.each([
    [
      { code: 'EACCES', syscall: 'listen', port: 80 },
      /^PORT="80": the user \d+ may not listen on this port \(EACCES\)/,
    ],
    [{ code: 'EADDRINUSE', syscall: 'listen', port: 81 }, /^PROBE_PORT="81": expected a free port on 127\.0\.0\.1/],
    [
      { code: 'EMFILE', syscall: 'open', path: '/a' },
      /^The limit of open files \(.*\) is reached \(EMFILE\)\. Raise it/,
    ],
    [{ code: 'ENOSPC', syscall: 'write', path: '/a' }, /^\/a: the disk is full \(ENOSPC\); free some space\.$/],
    [{ code: 'EROFS', syscall: 'open', path: '/a' }, /^\/a: is on a read-only file system \(EROFS\)/],
  ])('is described with the resource, the reason and the remedy (%j)', (properties, message) => {
    expect(describeSystemError(anError(properties), settings)).toMatch(message);
  });

  it('is not taken for one without a code and a system call', () => {
    expect(describeSystemError(new Error('failed'), settings)).toBeNull();
    expect(describeSystemError(anError({ code: 'ERR_MODULE_NOT_FOUND' }), settings)).toBeNull();
  });
});
