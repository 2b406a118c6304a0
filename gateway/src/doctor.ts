import { readFileSync } from 'node:fs';
import { check, type Finding } from '@dossier/cli';
import { hasCredentials, maskCredentials, npmScript } from '@dossier/config';
import { readSupergraph } from '@dossier/execution/supergraph';
import { SECRET_HEADER } from '@dossier/http-server';
import { parse } from 'graphql';
import { Agent, fetch } from 'undici';
import { trustedAuthorities } from './subgraphs/trustedAuthorities.js';

const TIMEOUT_MS = 3_000;

/** What the gateway needs to call subgraphs: SUBGRAPH_SECRET and SUBGRAPH_CA_FILE, each null if not set. */
interface SubgraphAccess {
  secret: string | null;
  ca: string | null;
}

interface SubgraphCheck {
  name: string;
  url: string;
  /** SDL of the running subgraph; null if it did not return one. */
  sdl: string | null;
  /** Whether it responded. Also true if its URL is rejected, so that no request is sent. */
  isReachable: boolean;
  finding: Finding;
}

/**
 * Checks that the supergraph is valid, that its subgraphs respond, and that they compose to it. `urls` override those in the
 * supergraph; null does not.
 */
export async function checkGraph(
  file: string,
  urls: Record<string, string | null>,
  options: SubgraphAccess,
): Promise<Finding[]> {
  let subgraphs: readonly { name: string; url: string }[] = [];
  const supergraph = await check('supergraph', () => {
    ({ subgraphs } = readSupergraph(readFileSync(file, 'utf8')));
    return { part: 'supergraph', outcome: 'ok', message: `${file}, of ${subgraphs.length} subgraphs.` };
  });
  const checks = await Promise.all(subgraphs.map(({ name, url }) => checkSubgraph(name, urls[name] ?? url, options)));
  // No subgraph responds and no URL is set: the whole graph runs in one process.
  const isOneProcess = checks.every(({ name, isReachable }) => !isReachable && !urls[name]);
  const findings = checks.map(({ finding }): Finding => (isOneProcess ? { ...finding, outcome: 'skipped' } : finding));
  return [supergraph, ...findings, await checkComposition(file, checks)];
}

async function checkSubgraph(name: string, url: string, options: SubgraphAccess): Promise<SubgraphCheck> {
  const part = `subgraph ${name}`;
  const shownUrl = maskCredentials(url);
  const failed = (message: string, isReachable = true): SubgraphCheck => ({
    name,
    url,
    sdl: null,
    isReachable,
    finding: { part, outcome: 'failed', message: `${shownUrl} ${message}` },
  });
  if (URL.canParse(url) && hasCredentials(url))
    return failed('has a user or password, which would not be sent; remove them.');
  try {
    const { status, revision, body } = await fetchSdl(url, options);
    const sdl = body.data?._service?.sdl;
    if (typeof sdl === 'string')
      return {
        name,
        url,
        sdl,
        isReachable: true,
        finding: { part, outcome: 'ok', message: `${shownUrl}, revision ${revision ?? 'unknown'}.` },
      };
    if (body.errors?.[0]?.extensions?.code === 'GATEWAY_ONLY')
      return failed(
        options.secret === null
          ? 'accepts only requests with its secret; set SUBGRAPH_SECRET to that of the service.'
          : 'rejected the secret; set SUBGRAPH_SECRET to that of the service.',
      );
    return failed(`returned no SDL (status ${status}); expected a subgraph.`);
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    return failed(
      `does not respond (${cause?.code ?? message}); start it, or set ${name.toUpperCase()}_URL${url.startsWith('https:') ? ', or SUBGRAPH_CA_FILE for certificates of your own authority' : ''}.`,
      false,
    );
  }
}

interface SdlResponse {
  data?: { _service?: { sdl?: string } };
  errors?: { extensions?: { code?: string } }[];
}

async function fetchSdl(
  url: string,
  { secret, ca }: SubgraphAccess,
): Promise<{ status: number; revision: string | null; body: SdlResponse }> {
  const dispatcher = new Agent({ connect: trustedAuthorities(ca) });
  try {
    const response = await fetch(url, {
      dispatcher,
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...(secret !== null && { [SECRET_HEADER]: secret }) },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = (await response.json()) as SdlResponse;
    return { status: response.status, revision: response.headers.get('x-dossier-revision'), body };
  } finally {
    await dispatcher.destroy();
  }
}

function checkComposition(file: string, checks: readonly SubgraphCheck[]): Promise<Finding> {
  const part = 'composition';
  return check(part, async () => {
    if (checks.length === 0 || checks.some(({ sdl }) => sdl === null))
      return { part, outcome: 'skipped', message: 'Not all subgraphs returned their SDL.' };
    const { composeServices } = await import('@apollo/composition');
    const composed = composeServices(
      checks.map(({ name, sdl }) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(sdl ?? '') })),
    );
    if (composed.errors)
      return {
        part,
        outcome: 'failed',
        message: `The running subgraphs do not compose: ${composed.errors.map(({ message }) => message).join(' ')}`,
      };
    const compose = npmScript('compose');
    if (withoutUrls(composed.supergraphSdl) !== withoutUrls(readFileSync(file, 'utf8'))) {
      return {
        part,
        outcome: 'failed',
        message: `${file} differs from the composition of the running subgraphs; ${compose ? `run "${compose}", or ` : ''}deploy the subgraphs and the supergraph together.`,
      };
    }
    return { part, outcome: 'ok', message: 'The supergraph matches the composition of the running subgraphs.' };
  });
}

/** A supergraph without the URLs of its subgraphs, which depend on the deployment. */
const withoutUrls = (sdl: string): string =>
  sdl.replaceAll(/(@join__graph\(name: "[^"]*", url: )"[^"]*"/g, '$1""').trim();
