import { request } from 'node:http';

/** Sequential runs of one operation, of which the median counts. */
const RUNS = 5;
/** Concurrent requests. */
const AT_ONCE = 8;
/** Repetitions of the concurrent requests, of which the median counts. */
const TIMES = 3;
const PAUSE_MS = 5;

const middle = (numbers) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1] ?? Number.NaN;

/** Sends a request on a connection of its own: status, text and milliseconds. A status of 0 stands for no response. */
function exchange(origin, path, body) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const done = (status, text) => resolve({ status, text, milliseconds: performance.now() - startedAt });
    const headers =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(
      `${origin}${path}`,
      { method: body === undefined ? 'GET' : 'POST', headers, agent: false },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => done(response.statusCode, Buffer.concat(chunks).toString()));
        response.on('error', () => done(0, ''));
      },
    );
    sent.on('error', () => done(0, ''));
    sent.end(body);
  });
}

/** Sends health checks to each process until `work` is done. Returns the time of the slowest, and the longest pause. */
async function watch(programs, work) {
  for (const program of programs) await program.longestPause();
  let isDone = false;
  const slowest = programs.map(async ({ origin, name }) => {
    let longest = 0;
    do {
      const { status, milliseconds } = await exchange(origin, '/health');
      if (status !== 200) throw new Error(`${name} answered a health check with status ${status}.`);
      longest = Math.max(longest, milliseconds);
      await new Promise((later) => setTimeout(later, PAUSE_MS));
    } while (!isDone);
    return longest;
  });
  const result = await work().finally(() => {
    isDone = true;
  });
  const health = Math.max(...(await Promise.all(slowest)));
  return { result, health, pause: Math.max(...(await Promise.all(programs.map((program) => program.longestPause())))) };
}

/** Milliseconds that the gateway has spent on planning so far. */
async function planningMs({ origin }) {
  const { text } = await exchange(origin, '/metrics');
  return Number(/^dossier_graphql_planning_duration_seconds_sum\S* (\S+)/m.exec(text)?.[1] ?? 0) * 1000;
}

/** Measures one operation on running programs. Throws if one of them ends. */
export async function measure(programs, { query, variables }) {
  const [gateway] = programs;
  const body = JSON.stringify({ query, variables });
  const send = () => exchange(gateway.origin, '/graphql', body);
  const cpu = () => programs.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  for (const program of programs) program.takePeak();
  const planned = await planningMs(gateway);
  const first = await watch(programs, send);
  const planning = (await planningMs(gateway)) - planned;
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const before = cpu();
    const { milliseconds } = await send();
    runs.push({ milliseconds, cpu: cpu() - before });
  }
  const alone = await watch(programs, send);
  const together = [];
  for (let time = 0; time < TIMES; time++)
    together.push(await watch(programs, () => Promise.all(Array.from({ length: AT_ONCE }, send))));
  const ended = programs.find(({ isRunning }) => !isRunning);
  if (ended) throw new Error(`${ended.name} ended.`);
  const { status, text } = alone.result;
  return {
    status,
    codes: [...new Set([...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code))],
    bytes: Math.max(first.result.text.length, text.length),
    // The metric does not include rejected plans.
    planning: planning || (first.result.text.includes('OPERATION_TOO_COMPLEX') ? first.result.milliseconds : 0),
    milliseconds: middle(runs.map((run) => run.milliseconds)),
    cpu: middle(runs.map((run) => run.cpu)),
    pause: Math.max(first.pause, alone.pause),
    health: Math.max(first.health, alone.health),
    pauseTogether: middle(together.map((sample) => sample.pause)),
    healthTogether: middle(together.map((sample) => sample.health)),
    memory: Math.max(...programs.map((program) => program.takePeak())),
  };
}
