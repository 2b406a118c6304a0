import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { supergraphFile } from '@dossier/gateway';
import { ready } from './ready.mjs';

// Its packages ask for Node 22 further down, so that they stand in a folder of their own and not in our lock file.
const resolved = createRequire(join(process.env.HIVE_DIR, 'package.json'));
const load = (name) => import(pathToFileURL(resolved.resolve(name)).href);
const [{ createGatewayRuntime }, { unifiedGraphHandler }] = [await load('@graphql-hive/gateway-runtime'), await load('@graphql-hive/router-runtime')];

const urls = JSON.parse(process.env.URLS);
const supergraph = Object.entries(urls).reduce((sdl, [name, url]) => sdl.replace(new RegExp(`(name: "${name}", url: ")[^"]*`), `$1${url}`), readFileSync(supergraphFile, 'utf8'));
const server = createServer(createGatewayRuntime({ supergraph, unifiedGraphHandler, logging: false, landingPage: false }));
server.listen(0, '127.0.0.1', () => ready(`http://127.0.0.1:${server.address().port}/graphql`));
