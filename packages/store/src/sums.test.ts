import { mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLOCK_BYTES, computeSums, findChangedBytes, readSums, sumsFile, verifyStore, writeSums } from './sums.js';

const identity = { service: 'houses', revision: 'one' };
/** Two blocks, the second of 5 bytes. */
const BYTES = Buffer.alloc(BLOCK_BYTES + 5, 'a house ');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dossier-sums-'));
  file = join(folder, 'houses.sqlite');
  writeFileSync(file, BYTES);
  writeSums(file, [computeSums(file, identity)]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const changeByte = (position: number) => {
  const bytes = Buffer.from(readFileSync(file));
  bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
  writeFileSync(file, bytes);
};

describe('a store with checksums', () => {
  it('is verified if every byte is the one that was written', async () => {
    expect(readSums(file)[0]?.blocks).toHaveLength(2);
    expect(await verifyStore(file, identity, '')).toBe('verified');
  });

  it.each([0, 123_456, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 4])(
    'is damaged if a bit of byte %i has changed',
    async (position) => {
      changeByte(position);

      const start = position < BLOCK_BYTES ? 0 : BLOCK_BYTES;
      const end = start === 0 ? BLOCK_BYTES - 1 : BLOCK_BYTES + 4;
      await expect(verifyStore(file, identity, 'Restore it.')).rejects.toThrow(
        `${file} is damaged (bytes ${start} to ${end} do not match their checksum). Restore it.`,
      );
    },
  );

  it('is damaged if it was truncated or extended', async () => {
    truncateSync(file, BLOCK_BYTES);
    expect(await findChangedBytes(file, identity)).toEqual({
      damage: expect.stringContaining('1048576 bytes, expected 1048581'),
    });
    writeFileSync(file, Buffer.concat([BYTES, BYTES]));
    expect(await findChangedBytes(file, identity)).toEqual({ damage: expect.stringContaining('expected 1048581') });
  });

  it.each([
    ['without them', () => rmSync(sumsFile(file))],
    ['with an unreadable file of them', () => writeFileSync(sumsFile(file), '{"format":1,')],
    ['with those of another revision', () => writeSums(file, [computeSums(file, { ...identity, revision: 'two' })])],
    ['with those of another service', () => writeSums(file, [computeSums(file, { ...identity, service: 'ships' })])],
    [
      'with too few',
      () =>
        writeSums(
          file,
          readSums(file).map((sums) => ({ ...sums, blocks: sums.blocks.slice(1) })),
        ),
    ],
  ])('is unverified rather than damaged %s', async (_, change) => {
    change();

    expect(await verifyStore(file, identity, '')).toBe('unverified');
  });

  it('is verified at every step of its replacement, even by different bytes of the same revision', async () => {
    const next = `${file}.next`;
    writeFileSync(next, Buffer.alloc(BLOCK_BYTES + 5, 'another '));
    const sums = computeSums(next, identity);

    writeSums(file, [sums, ...readSums(file)]);
    expect(await verifyStore(file, identity, '')).toBe('verified');
    renameSync(next, file);
    expect(await verifyStore(file, identity, '')).toBe('verified');
    writeSums(file, [sums]);
    expect(await verifyStore(file, identity, '')).toBe('verified');
  });

  it('can be replaced while it is verified', async () => {
    changeByte(BLOCK_BYTES);
    const next = `${file}.next`;
    writeFileSync(next, BYTES);
    let blocks = 0;
    const afterBlock = async () => {
      if (++blocks === 1) renameSync(next, file);
    };

    expect(await verifyStore(file, identity, '', { afterBlock })).toBe('verified');
    expect(blocks).toBe(3);
  });

  it('stops being verified when its signal is aborted', async () => {
    const controller = new AbortController();
    const verification = verifyStore(file, identity, '', {
      signal: controller.signal,
      afterBlock: async () => controller.abort(),
    });

    await expect(verification).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});
