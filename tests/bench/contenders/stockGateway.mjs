import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { supergraphFile } from '@dossier/gateway';
import { reportReady } from './reportReady.mjs';

process.env.APOLLO_TELEMETRY_DISABLED = '1';
const urls = JSON.parse(process.env.URLS);
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraphFile, 'utf8'),
  buildService: ({ name }) => new RemoteGraphQLDataSource({ url: urls[name] }),
});
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), { listen: { port: 0, host: '127.0.0.1' } });
reportReady(url);
