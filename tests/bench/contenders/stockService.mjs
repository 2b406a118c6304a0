import http from 'node:http';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { storeFile } from '@dossier/cli';
import { openStore } from '@dossier/store';
import { SERVICES } from '../stores.mjs';
import { reportReady } from './reportReady.mjs';

// Connections stay open while others are measured, as ours do. With Node's timeout of five seconds, the stock gateway
// sometimes uses a connection just as it closes, on a busy machine.
const { createServer } = http;
http.createServer = (...given) => Object.assign(createServer(...given), { keepAliveTimeout: 72_000 });

// A subgraph set up as in Apollo's documentation, with the same resolvers and store.
const name = process.argv[2];
const { definition } = SERVICES[name];
const store = openStore(storeFile(process.env.DATA_DIR, name), name);
const createContext = definition.createContext(store, { file: '', documentsDir: null });
const [first, ...rest] = definition.typeDefs.map((typeDefs) => ({ typeDefs }));
const server = new ApolloServer({
  schema: buildSubgraphSchema([{ ...first, resolvers: definition.resolvers }, ...rest]),
});
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => createContext(),
});
reportReady(url);
