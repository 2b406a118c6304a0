// Publishes the store of the service trade, as its command does, but without comparing the file with its checksums:
//   node tests/postgres/publish.mjs <file> <database URL> <grace period in milliseconds>
import { inspectStore } from '@dossier/store';
import { publishStores } from '@dossier/store/postgres';
import { definition } from '@dossier/trade';

const [file, url, graceMs] = process.argv.slice(2);
const { name, migrations, tables, textIndexes = [] } = definition;
const identity = inspectStore(file, name, migrations);
await publishStores({ url, stores: [{ file, identity, tables, textIndexes }], graceMs: Number(graceMs), force: true });
