import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { supergraphFile } from './config.js';

/** The committed supergraph; null if there is none. */
export const committedSupergraph = (): string | null =>
  existsSync(supergraphFile) ? readFileSync(supergraphFile, 'utf8') : null;

/** Writes the supergraph atomically, so that no gateway reads part of it. Does not touch a file with the same content. */
export function writeSupergraph(sdl: string): 'written' | 'unchanged' {
  if (committedSupergraph() === sdl) return 'unchanged';
  writeFileSync(`${supergraphFile}.new`, sdl);
  renameSync(`${supergraphFile}.new`, supergraphFile);
  return 'written';
}
