import { runModes, startMode, stop } from '../contenders/index.mjs';
import { cpuSeconds } from '../cpu.mjs';
import { assertVaryingResponses } from '../dataChecks.mjs';
import { createClient, sendOne } from '../load.mjs';
import { compareResponses } from './compareResponses.mjs';
import { requestsPerPair, slicesOfPair } from './schedule.mjs';

const BUILDS = ['this', 'other'];
const NAMES = { this: 'this build', other: 'the other build' };
const COMPARED_REQUESTS = 20;
/**
 * CPU seconds of each build before the first pair, shared among the pages: by then each process has optimised nearly
 * all code that runs often.
 */
const WARM_UP_SECONDS = { embedded: 5, services: 12 };
/** CPU seconds of both builds and of the client in a pair: those of services run on several cores. */
const PAIR_SECONDS = { embedded: 1, services: 1.5 };
/** The number of the first measured request; warming up uses lower ones. */
const MEASURED_FROM = 1_000_000;

/**
 * Starts both builds, compares their answers to some pages that take the same settings, warms them up, and measures all
 * pages in turn, a pair of each, so that a burst of other work on the machine does not fall on one page alone. First-seen pages
 * come last: they push what other pages need out of the caches. `effort` scales how long each is warmed up and measured.
 *
 * What is found is added to the results of the pages, all of one mode: at the first start the comparison of the answers and the requests to each
 * build in a pair; at each the pairs, none if a build did not answer the page.
 */
export async function measureStart(results, pairNumbers, { effort, builds, signal, onProgress }) {
  signal.throwIfAborted();
  const [{ mode, page }] = results;
  const targets = await startBoth(mode, String(page.cacheMb), builds);
  signal.throwIfAborted();
  for (const result of results) result.answers ??= compareResponses(await answersOf(result.page, targets));
  const answered = results.filter(({ answers }) => answers.is !== 'failed');
  for (const isFirstSeen of [false, true]) {
    const turn = answered.filter((result) => result.page.isFirstSeen === isFirstSeen);
    for (const result of turn) {
      onProgress(`${mode}: warming up ${result.page.name}`);
      const requests = await warmUp(
        result.page,
        (WARM_UP_SECONDS[mode] * effort * result.page.warmUp) / turn.length,
        PAIR_SECONDS[mode] * effort,
        targets,
        signal,
      );
      result.requests ||= requests;
      result.starts.push([]);
    }
    if (turn.length > 0)
      onProgress(
        `${mode}: measuring ${turn.map((result) => `${result.page.name} (${result.requests} requests)`).join(', ')}`,
      );
    for (const pair of pairNumbers)
      for (const result of turn) result.starts.at(-1).push(await measurePair(result, pair, targets, signal));
  }
  for (const build of BUILDS) await targets[build].close();
  await stop(BUILDS.flatMap((build) => targets[build].children));
}

/** Both concurrently, because a process that starts while the other is running would not be comparable. */
async function startBoth(mode, cacheMb, builds) {
  const started = await Promise.allSettled(
    BUILDS.map((build) =>
      startMode(runModes(builds[build].programs, { CACHE_MB: cacheMb })[mode], builds[build].stores),
    ),
  );
  const failed = started.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  return Object.fromEntries(BUILDS.map((build, index) => [build, targetOf(mode, build, started[index].value)]));
}

function targetOf(mode, build, { url, children }) {
  const client = createClient(url);
  const send = (bodies) =>
    client.send(bodies).catch((error) => {
      throw new Error(`${mode}: ${NAMES[build]} failed while it was measured: ${error.message}`, { cause: error });
    });
  return { url, children, send, close: client.close };
}

/** Each request twice, so that the cached response is also compared. */
async function answersOf(page, targets) {
  const responses = [];
  for (const body of page.bodies(0, COMPARED_REQUESTS))
    for (let time = 0; time < 2; time++)
      responses.push({ this: await sendOne(targets.this.url, body), other: await sendOne(targets.other.url, body) });
  if (responses.every(({ this: text }) => !text.includes('"errors"')))
    assertVaryingResponses(
      page.name,
      responses.map(({ this: text }) => text),
    );
  return responses;
}

/**
 * Sends increasing numbers of requests until each build has used some CPU seconds. Returns the number of requests in a
 * pair of the given CPU seconds.
 */
async function warmUp(page, warmUpSeconds, pairSeconds, targets, signal) {
  const initialCpu = cpuOf(targets);
  let [from, count] = [COMPARED_REQUESTS, 8];
  for (;;) {
    signal.throwIfAborted();
    const [before, client] = [cpuOf(targets), process.cpuUsage()];
    const bodies = page.bodies(from, count);
    for (const build of BUILDS) await targets[build].send(bodies);
    const after = cpuOf(targets);
    const { user, system } = process.cpuUsage(client);
    const used = after.this - before.this + after.other - before.other + (user + system) / 1e6;
    if (BUILDS.every((build) => after[build] - initialCpu[build] >= warmUpSeconds))
      return requestsPerPair(pairSeconds, used / count);
    from += count;
    if (used < pairSeconds / 2) count *= 2;
  }
}

/** CPU milliseconds per request of each build, and its requests per second. */
async function measurePair({ page, requests }, pair, targets, signal) {
  signal.throwIfAborted();
  const bodies = page.bodies(MEASURED_FROM + pair * requests, requests);
  if (page.prime.length > 0) for (const build of BUILDS) await targets[build].send(page.prime);
  const slices = slicesOfPair(pair);
  const seconds = { this: 0, other: 0 };
  const before = cpuOf(targets);
  for (const [slice, order] of slices.entries()) {
    const part = bodies.slice((slice * requests) / slices.length, ((slice + 1) * requests) / slices.length);
    for (const build of order) seconds[build] += await targets[build].send(part);
  }
  const after = cpuOf(targets);
  return Object.fromEntries(
    BUILDS.map((build) => [
      build,
      { cpu: ((after[build] - before[build]) / requests) * 1000, perSecond: requests / seconds[build] },
    ]),
  );
}

/** CPU seconds of all processes of each build, so far. */
const cpuOf = (targets) =>
  Object.fromEntries(
    BUILDS.map((build) => [build, targets[build].children.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0)]),
  );
