import { startGateway } from '@dossier/gateway';
import { ready } from './ready.mjs';

const running = await startGateway({ port: 0, host: '127.0.0.1', corsOrigins: [], urls: JSON.parse(process.env.URLS) });
ready(`${running.url}graphql`);
