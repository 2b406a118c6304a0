import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { startAnnotate } from '@dossier/annotate';
import { workspaceRoot } from '@dossier/config';
import { readDocumentFile } from '@dossier/seed-format/authoring';
import { escapeLine } from '@dossier/seed-format/sources';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createPreview } from './annotatePreview.js';

const PORT = 4010;
const USAGE = 2;

interface Options {
  seeds: string;
  documents?: string;
  port: number;
}

const program = new Command('annotate')
  .description(
    'Serves a page on this machine for annotating one document. Relative paths are resolved from the root of the workspace.',
  )
  .argument('<document>', 'id of the document, e.g. memri-sd-10149')
  .addOption(new Option('--seeds <folder>', 'folder with the seeds').env('SEEDS_DIR').default('seeds'))
  .addOption(new Option('--documents <folder>', 'folder with the texts of documents').env('DOCUMENTS_DIR'))
  .addOption(
    new Option('--port <port>', 'port on the loopback interface; 0 for any free one')
      .default(PORT)
      .argParser((text) => {
        const port = Number(text);
        if (!/^\d{1,5}$/.test(text) || port > 65_535)
          throw new InvalidArgumentError('Expected a port from 0 to 65535.');
        return port;
      }),
  )
  .action(async (document: string, { seeds, documents, port }: Options) => {
    const seedsDir = folderAt('SEEDS_DIR', seeds || 'seeds');
    // An empty variable counts as not set.
    const documentsDir = documents ? folderAt('DOCUMENTS_DIR', documents) : null;
    const folder = document.replace(/^document:/, '');
    const read = readDocumentFile(seedsDir, folder);
    if (Array.isArray(read)) fail(read.join('\n'));
    const preview = createPreview({ seedsDir, documentsDir, folder });
    try {
      const { url, close } = await startAnnotate({
        seedsDir,
        documentsDir,
        folder,
        port,
        preview,
        onError: (error) => process.stderr.write(`${escapeLine((error as Error).stack ?? String(error))}\n`),
      });
      process.stdout.write(
        `Annotate ${folder}: ${url}\nOnly on this machine, and only with this URL. Stop with Ctrl+C.\n`,
      );
      // The first build loads the gateway; later ones take a fraction of a second.
      preview.build().catch(() => {});
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
        process.once(signal, () => void close().then(() => process.exit(0)));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE') throw error;
      fail(`Port ${port} is in use; expected a free one, e.g. --port 0 for any.`);
    }
  });

function folderAt(setting: string, path: string): string {
  const dir = resolve(workspaceRoot(), path);
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) fail(`${setting}=${dir} is not a folder.`);
  return dir;
}

function fail(message: string): never {
  process.stderr.write(`${message.split('\n').map(escapeLine).join('\n')}\n`);
  process.exit(USAGE);
}

await program.parseAsync();
