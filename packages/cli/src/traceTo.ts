import type { Log } from '@dossier/http-server';
import { startTracing } from '@dossier/telemetry';

/** Traces the process, where a collector is set. */
export async function traceTo(endpoint: string | null, service: string, log: Log): Promise<void> {
  if (endpoint !== null)
    await startTracing({ endpoint, service, warn: (reason) => log.warn({ reason }, 'spans were not sent') });
}
