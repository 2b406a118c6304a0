import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as actors from '@dossier/actors';
import { storeFile } from '@dossier/cli';
import { workspaceRoot } from '@dossier/config';
import { seedAll } from '@dossier/gateway';
import * as sanctions from '@dossier/sanctions';
import * as statements from '@dossier/statements';
import type { Subgraph } from '@dossier/subgraph-server';
import * as trade from '@dossier/trade';

export const SERVICES = { actors, statements, sanctions, trade };

export interface TestServices {
  dataDir: string;
  subgraphs: Subgraph[];
  /** SQL queries of a service since the last call. */
  statements: (service: string) => string[];
  close: () => void;
}

/** Opens the four subgraphs with new stores of the real seeds. */
export function openServices(): TestServices {
  const dataDir = mkdtempSync(join(tmpdir(), 'dossier-services-'));
  seedAll({ dataDir, seedsDir: join(workspaceRoot(), 'seeds') });
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
