import { startEmbedded } from '@dossier/gateway';
import { ready } from './ready.mjs';

// The stores are the benchmark's: they are not built from seeds here.
const running = await startEmbedded({ port: 0, host: '127.0.0.1', corsOrigins: [], dataDir: process.env.DATA_DIR, seedsDir: null, cacheBytes: Number(process.env.CACHE_BYTES ?? 0) });
ready(`${running.url}graphql`);
process.on('SIGTERM', () => process.exit(0));
