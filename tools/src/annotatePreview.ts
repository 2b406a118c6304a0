import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Preview, PreviewError } from '@dossier/annotate';
import { SeedError, seedStores } from '@dossier/cli';
import { definitions, type RunningEmbedded, startEmbedded } from '@dossier/gateway';
import { openScope, scopeOf } from '@dossier/seed-format/authoring';

interface PreviewOptions {
  seedsDir: string;
  documentsDir: string | null;
  folder: string;
}

/**
 * The graph of one document: its stores are built in a temporary folder from the files that the document needs, and the embedded gateway
 * executes requests. Its port is on the loopback interface and requires a secret that nobody has.
 */
export function createPreview({ seedsDir, documentsDir, folder }: PreviewOptions): Preview {
  const dir = mkdtempSync(join(tmpdir(), 'dossier-preview-'));
  const [copy, dataDir] = [join(dir, 'seeds'), join(dir, 'data')];
  let graph: Promise<RunningEmbedded> | null = null;
  // Builds run one after another; a build that starts later sees later files.
  let last: Promise<unknown> = Promise.resolve();

  const start = (): Promise<RunningEmbedded> =>
    startEmbedded({
      port: 0,
      host: '127.0.0.1',
      secrets: [randomBytes(32).toString('hex')],
      landing: 'none',
      corsOrigins: [],
      dataDir,
      seedsDir: null,
      documentsDir,
    });

  async function build(): Promise<void> {
    const scope = scopeOf(seedsDir, folder);
    rmSync(copy, { recursive: true, force: true });
    for (const name of scope.files) {
      mkdirSync(join(copy, dirname(name)), { recursive: true });
      copyFileSync(join(seedsDir, name), join(copy, name));
    }
    const options = { dataDir, seedsDir: copy, documentsDir };
    const open = () => openScope(copy, scope, { ...(documentsDir !== null && { documentsDir }) });
    try {
      // The page has checked the document. What it did not see, e.g. a problem of another folder, the full checks explain.
      await seedStores(definitions, { ...options, open }).catch(() => seedStores(definitions, options));
    } catch (error) {
      // After its first line, the message has a problem per line.
      if (error instanceof SeedError) throw new PreviewError(error.message.split('\n').slice(1));
      throw error;
    }
    if (graph) await (await graph).reloadStores();
    else {
      graph = start();
      await graph.catch(() => {
        graph = null;
      });
    }
  }

  return {
    build: () => {
      const next = last.then(build, build);
      last = next.catch(() => {});
      return next;
    },
    execute: async (params) => {
      const { query, operationName, variables } = params as {
        query?: unknown;
        operationName?: unknown;
        variables?: unknown;
      };
      if (!graph || typeof query !== 'string')
        return { data: null, errors: [{ message: 'The preview is not built yet.' }] };
      const result = await (await graph).execute({
        query,
        ...(typeof operationName === 'string' && { operationName }),
        ...(typeof variables === 'object' && variables !== null && { variables: variables as Record<string, unknown> }),
      });
      return { data: result.data ?? null, ...(result.errors && { errors: result.errors }) };
    },
    close: async () => {
      await last;
      if (graph) await (await graph).close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
