import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { check, type Finding } from '@dossier/cli';
import { readSupergraph } from '@dossier/execution/supergraph';
import { SECRET_HEADER } from '@dossier/http-server';
import { parse } from 'graphql';

const ANSWER_MS = 3_000;

interface Asked {
  name: string;
  url: string;
  /** Its SDL; null where it gave none. */
  sdl: string | null;
  finding: Finding;
}

/** Whether the supergraph can be run, its subgraphs answer, and it is what they compose to. `urls`: over those it names; `secret`: what subgraphs know the gateway by. */
export async function lookAtGraph(
  file: string,
  urls: Record<string, string | null>,
  secret: string | null,
): Promise<Finding[]> {
  let subgraphs: readonly { name: string; url: string }[] = [];
  const supergraph = await check('supergraph', () => {
    ({ subgraphs } = readSupergraph(readFileSync(file, 'utf8')));
    return { part: 'supergraph', outcome: 'well', message: `${file}, of ${subgraphs.length} subgraphs.` };
  });
  const asked = await Promise.all(subgraphs.map(({ name, url }) => ask(name, urls[name] ?? url, secret)));
  // None of them, and nobody said where they are: everything runs in one process.
  const isOneProcess = asked.every(({ name, sdl }) => sdl === null && !urls[name]);
  const findings = asked.map(({ finding }): Finding => (isOneProcess ? { ...finding, outcome: 'skipped' } : finding));
  return [supergraph, ...findings, await lookAtComposition(file, asked)];
}

async function ask(name: string, url: string, secret: string | null): Promise<Asked> {
  const part = `subgraph ${name}`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...(secret !== null && { [SECRET_HEADER]: secret }) },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
      signal: AbortSignal.timeout(ANSWER_MS),
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
          outcome: 'wrong',
          message: `${url} gives no SDL (status ${response.status}); expected a subgraph.`,
        },
      };
    return {
      name,
      url,
      sdl,
      finding: {
        part,
        outcome: 'well',
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
        outcome: 'wrong',
        message: `${url} does not answer (${cause?.code ?? message}); start it, or set ${name.toUpperCase()}_URL.`,
      },
    };
  }
}

function lookAtComposition(file: string, asked: readonly Asked[]): Promise<Finding> {
  const part = 'composition';
  return check(part, () => {
    if (asked.length === 0 || asked.some(({ sdl }) => sdl === null))
      return { part, outcome: 'skipped', message: 'Not all subgraphs gave their SDL.' };
    const composed = composeServices(
      asked.map(({ name, sdl }) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(sdl ?? '') })),
    );
    if (composed.errors)
      return {
        part,
        outcome: 'wrong',
        message: `The running subgraphs do not compose: ${composed.errors.map(({ message }) => message).join(' ')}`,
      };
    if (anywhere(composed.supergraphSdl) !== anywhere(readFileSync(file, 'utf8'))) {
      return {
        part,
        outcome: 'wrong',
        message: `${file} is not what the running subgraphs compose to; run "npm run compose", or deploy them and it together.`,
      };
    }
    return { part, outcome: 'well', message: 'The supergraph is what the running subgraphs compose to.' };
  });
}

/** A supergraph without where its subgraphs are: that is another wherever they are deployed. */
const anywhere = (sdl: string): string => sdl.replaceAll(/(@join__graph\(name: "[^"]*", url: )"[^"]*"/g, '$1""').trim();
