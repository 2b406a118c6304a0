import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { check, type Finding } from '@dossier/cli';
import { npmScript } from '@dossier/config';
import { readSupergraph } from '@dossier/execution/supergraph';
import { SECRET_HEADER } from '@dossier/http-server';
import { parse } from 'graphql';

const TIMEOUT_MS = 3_000;

interface SubgraphCheck {
  name: string;
  url: string;
  /** SDL of the running subgraph; null if it did not return one. */
  sdl: string | null;
  finding: Finding;
}

/**
 * Checks that the supergraph is valid, that its subgraphs respond, and that they compose to it. `urls` override those in the
 * supergraph; null does not. `secret` is the SUBGRAPH_SECRET, or null.
 */
export async function checkGraph(
  file: string,
  urls: Record<string, string | null>,
  secret: string | null,
): Promise<Finding[]> {
  let subgraphs: readonly { name: string; url: string }[] = [];
  const supergraph = await check('supergraph', () => {
    ({ subgraphs } = readSupergraph(readFileSync(file, 'utf8')));
    return { part: 'supergraph', outcome: 'ok', message: `${file}, of ${subgraphs.length} subgraphs.` };
  });
  const checks = await Promise.all(subgraphs.map(({ name, url }) => checkSubgraph(name, urls[name] ?? url, secret)));
  // No subgraph responds and no URL is set: the whole graph runs in one process.
  const isOneProcess = checks.every(({ name, sdl }) => sdl === null && !urls[name]);
  const findings = checks.map(({ finding }): Finding => (isOneProcess ? { ...finding, outcome: 'skipped' } : finding));
  return [supergraph, ...findings, await checkComposition(file, checks)];
}

async function checkSubgraph(name: string, url: string, secret: string | null): Promise<SubgraphCheck> {
  const part = `subgraph ${name}`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...(secret !== null && { [SECRET_HEADER]: secret }) },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { data } = (await response.json()) as { data?: { _service?: { sdl?: string } } };
    const sdl = data?._service?.sdl;
    if (typeof sdl !== 'string')
      return {
        name,
        url,
        sdl: null,
        finding: {
          part,
          outcome: 'failed',
          message: `${url} returned no SDL (status ${response.status}); expected a subgraph.`,
        },
      };
    return {
      name,
      url,
      sdl,
      finding: {
        part,
        outcome: 'ok',
        message: `${url}, revision ${response.headers.get('x-dossier-revision') ?? 'unknown'}.`,
      },
    };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    return {
      name,
      url,
      sdl: null,
      finding: {
        part,
        outcome: 'failed',
        message: `${url} does not respond (${cause?.code ?? message}); start it, or set ${name.toUpperCase()}_URL.`,
      },
    };
  }
}

function checkComposition(file: string, checks: readonly SubgraphCheck[]): Promise<Finding> {
  const part = 'composition';
  return check(part, () => {
    if (checks.length === 0 || checks.some(({ sdl }) => sdl === null))
      return { part, outcome: 'skipped', message: 'Not all subgraphs returned their SDL.' };
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
