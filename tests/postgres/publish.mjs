// Publishes stores, as their command does, but without comparing the files with their checksums:
//   node tests/postgres/publish.mjs <file of trade, or folder of all four> <database URL> <grace period in milliseconds>
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { definition as actors } from '@dossier/actors';
import { definition as sanctions } from '@dossier/sanctions';
import { definition as statements } from '@dossier/statements';
import { inspectStore } from '@dossier/store';
import { publishStores } from '@dossier/store/postgres';
import { definition as trade } from '@dossier/trade';

const [path, url, graceMs] = process.argv.slice(2);
const definitions = statSync(path).isDirectory() ? [actors, statements, sanctions, trade] : [trade];
const stores = definitions.map((definition) => {
  const { name, migrations } = definition;
  const file = definitions.length > 1 ? join(path, `${name}.sqlite`) : path;
  return { ...definition, file, identity: inspectStore(file, name, migrations) };
});
await publishStores({ url, stores, graceMs: Number(graceMs), force: true });
