export type * from './records.js';
import type { Seeds } from './records.js';
export declare function readSeeds(dir: string, options?: { documentsDir?: string }): { seeds: Seeds | null; problems: Problem[]; digest: string };
export declare function seedsDigest(dir: string): string;
export declare function formatProblem(problem: Problem): string;
export interface Problem { file: string; line: number; path: string; message: string }
