import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { supergraphFile } from '@dossier/gateway';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { reportReady } from './reportReady.mjs';

const urls = JSON.parse(process.env.URLS);
const supergraph = Object.entries(urls).reduce(
  (sdl, [name, url]) => sdl.replace(new RegExp(`(name: "${name}", url: ")[^"]*`), `$1${url}`),
  readFileSync(supergraphFile, 'utf8'),
);
const server = createServer(
  createGatewayRuntime({ supergraph, unifiedGraphHandler, logging: false, landingPage: false, graphiql: false }),
);
server.listen(0, '127.0.0.1', () => reportReady(`http://127.0.0.1:${server.address().port}/graphql`));
// It handles the signal itself and does not exit.
process.on('SIGTERM', () => process.exit(0));
