import { serveSubgraph, storeFile } from '@dossier/subgraph';
import { SERVICES } from '../stores.mjs';
import { ready } from './ready.mjs';

const name = process.argv[2];
const { url } = await serveSubgraph(SERVICES[name].createSubgraph({ file: storeFile(process.env.DATA_DIR, name), documentsDir: null }), { port: 0, host: '127.0.0.1' });
ready(url);
