import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { supergraphFile } from './config.js';

export const committedSupergraph = (): string | null =>
  existsSync(supergraphFile) ? readFileSync(supergraphFile, 'utf8') : null;

/** Puts the graph into place whole, so that no gateway reads half of one; a graph that is there already is left alone. */
export function writeSupergraph(sdl: string): 'written' | 'unchanged' {
  if (committedSupergraph() === sdl) return 'unchanged';
  writeFileSync(`${supergraphFile}.new`, sdl);
  renameSync(`${supergraphFile}.new`, supergraphFile);
  return 'written';
}
