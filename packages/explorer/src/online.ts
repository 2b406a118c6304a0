/** Where the embedded Sandbox is loaded from. The page loads nothing else from elsewhere. */
export const SANDBOX_HOST = 'https://sandbox.embed.apollographql.com';

/** How long to wait for Apollo's host before the local explorer is opened instead. */
const TIMEOUT_MS = 3_000;

/** Whether a host can be reached from this browser. The response is not read. */
export async function isReachable(host: string): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    await fetch(host, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return true;
  } catch {
    return false;
  }
}
