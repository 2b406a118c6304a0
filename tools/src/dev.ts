import { watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runProcess } from '@dossier/cli';
import { dataSettings, listenSettings, workspaceRoot } from '@dossier/config';
import { seedAll, supergraphFile, writeSupergraph } from '@dossier/gateway';
import type { DocumentNode } from 'graphql';
import { Child } from './childProcess.js';
import { composeSupergraph, PORTS } from './compose.js';
import {
  commonSchemaFile,
  parseSchema,
  readSchema,
  type ServiceName,
  schemaFile,
  serviceNames,
} from './schemaFiles.js';

/** An editor may write a file several times in a row. */
const DEBOUNCE_MS = 150;
/** Development has no load balancer to wait for. */
const NO_DRAIN = { DRAIN_MS: '0' };
const print = (text: string) => process.stdout.write(`${text}\n`);

/** Composes the schema files as they are now. Prints the problem and returns null if they do not compose. */
function recompose(schemas: Map<ServiceName, string[]>): string | null {
  try {
    const typeDefs: Partial<Record<ServiceName, DocumentNode[]>> = Object.fromEntries(
      [...schemas].map(([service, texts]) => [service, parseSchema(service, texts)]),
    );
    const { sdl, errors } = composeSupergraph(typeDefs);
    if (!errors) return sdl;
    print(`The schemas do not compose; the previous graph stays in use:\n${errors.join('\n')}`);
  } catch (error) {
    print(`A schema cannot be parsed; the previous graph stays in use:\n${(error as Error).message}`);
  }
  return null;
}

const readSchemas = () => new Map(serviceNames.map((service) => [service, readSchema(service)]));

await runProcess(
  'Dossier for development: the gateway and the services as five processes, restarted when a schema changes.',
  { ...listenSettings(4000), ...dataSettings },
  async (config) => {
    const { DATA_DIR: dataDir, SEEDS_DIR: seedsDir, DOCUMENTS_DIR: documentsDir } = config;
    for (const { service, result } of await seedAll({ dataDir, seedsDir, documentsDir }))
      print(`${service}: store ${result}`);
    let running = readSchemas();
    const sdl = recompose(running);
    if (sdl) writeSupergraph(sdl);

    const program = (folder: string) => join(workspaceRoot(), folder, 'dist/main.js');
    const services = new Map(
      serviceNames.map((service) => [
        service,
        new Child(service, program(`services/${service}`), {
          ...process.env,
          ...NO_DRAIN,
          PORT: String(PORTS[service]),
        }),
      ]),
    );
    const gateway = new Child('gateway', program('gateway'), {
      ...process.env,
      ...NO_DRAIN,
      SUPERGRAPH: supergraphFile,
    });
    const children = [...services.values(), gateway];
    for (const child of children) child.start();

    const applyChanges = async () => {
      const next = readSchemas();
      const changed = serviceNames.filter(
        (service) => next.get(service)?.join('\n') !== running.get(service)?.join('\n'),
      );
      if (changed.length === 0) return;
      const nextSdl = recompose(next);
      if (!nextSdl) return;
      running = next;
      print(
        `gateway/supergraph.graphql: ${writeSupergraph(nextSdl)}; restarting ${changed.join(', ')} and the gateway.`,
      );
      await Promise.all([...changed.map((service) => services.get(service)?.restart()), gateway.restart()]);
    };

    // Changes are applied one after the other.
    let pending = Promise.resolve();
    let timer: NodeJS.Timeout | undefined;
    const onChange = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        pending = pending.then(applyChanges).catch((error: Error) => void print(error.message));
      }, DEBOUNCE_MS);
    };
    // Watches folders, since many editors replace a file instead of writing to it.
    const watchers = [commonSchemaFile, ...serviceNames.map(schemaFile)].map((file) =>
      watch(dirname(file), (_event, name) => name === basename(file) && onChange()),
    );

    return {
      close: async () => {
        clearTimeout(timer);
        for (const watcher of watchers) watcher.close();
        await pending;
        await Promise.all(children.map((child) => child.stop()));
      },
    };
  },
);
