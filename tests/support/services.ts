import { rmSync } from 'node:fs';
import * as actors from '@dossier/actors';
import { storeFile } from '@dossier/cli';
import * as sanctions from '@dossier/sanctions';
import * as statements from '@dossier/statements';
import type { Subgraph } from '@dossier/subgraph-server';
import * as trade from '@dossier/trade';
import { copyOfStores } from './stores.js';

export const SERVICES = { actors, statements, sanctions, trade };

export interface TestServices {
  dataDir: string;
  subgraphs: Subgraph[];
  /** SQL queries of a service since the last call. */
  statements: (service: string) => string[];
  close: () => void;
}

/** Opens the four subgraphs with copies of the stores of the real seeds. */
export function openServices(): TestServices {
  const dataDir = copyOfStores();
  const statementsByService: Record<string, string[]> = {};
  const subgraphs = Object.entries(SERVICES).map(([name, { createSubgraph }]) => {
    const list: string[] = [];
    statementsByService[name] = list;
    return createSubgraph({ file: storeFile(dataDir, name), documentsDir: null, onStatement: (sql) => list.push(sql) });
  });
  return {
    dataDir,
    subgraphs,
    statements: (service) => statementsByService[service]?.splice(0) ?? [],
    close: () => {
      for (const subgraph of subgraphs) subgraph.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
