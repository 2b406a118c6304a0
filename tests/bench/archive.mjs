// `npm run bench:archive`: the commands, stores and pages of an archive of a thousand documents, with their texts mounted.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fromWorkspace } from '@dossier/config';
import { measure } from './archive/commands.mjs';
import { actorId, documentId, wordOf } from './archive/data.mjs';
import { writeArchive } from './archive/files.mjs';
import { resourceUsage, startContender, stop } from './contenders/index.mjs';
import { assertVaryingResponses } from './dataChecks.mjs';
import { load, sendOne } from './load.mjs';
import { bodiesOf } from './operations.mjs';
import { formatMedian, replaceSection } from './report.mjs';

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});
const count = Number(values.documents);
const rounds = Number(values.rounds);
const { dir, seedsDir, documentsDir, newText } = writeArchive(count);
const dataDir = join(dir, 'data');
const SOURCES = { SEEDS_DIR: seedsDir, DOCUMENTS_DIR: documentsDir, DATA_DIR: dataDir };
const CLI = fromWorkspace('packages/seed-format/dist/cli.js');
const say = (text) => process.stdout.write(`${text}\n`);

const middle = documentId(count >> 1);
const statementsFile = join(seedsDir, middle, 'statements.yaml');
const original = readFileSync(statementsFile, 'utf8');
/** The first words of the second paragraph, which its first statement cites. */
const words = readFileSync(join(documentsDir, `${middle}.txt`), 'utf8')
  .split('\n')[2]
  .split(' ')
  .slice(0, 8)
  .join(' ');
const unfilled = original.replace(/"at":\[\d+,\d+\],"digest":"\w+"/, `"words":"${words}"`);
const newFiles = [join(seedsDir, 'new-report'), join(documentsDir, 'new-report.txt')];
const removeNew = () => {
  for (const path of newFiles) rmSync(path, { recursive: true, force: true });
};

const COMMANDS = [
  { title: '`add` of a text', args: ['add', newText, '--id', 'new-report'], before: removeNew, after: removeNew },
  { title: '`cite`', args: ['cite', middle, words] },
  {
    title: '`fill` of a document',
    args: ['fill', middle],
    before: () => writeFileSync(statementsFile, unfilled),
    after: () => writeFileSync(statementsFile, original),
  },
  { title: '`show` of a statement', args: ['show', `${middle}/S06`] },
  { title: '`show` of an actor in the register', args: ['show', actorId(3)] },
  {
    title: '`propose` for a document',
    args: ['propose', middle],
    after: () => rmSync(join(seedsDir, '.proposals'), { recursive: true, force: true }),
  },
  { title: '`check` of a document', args: ['check', middle] },
  { title: '`list`', args: ['list'] },
  { title: '`check` of all', args: ['check'], rounds: 3 },
];

async function repeat({ args, before, after, rounds: own = rounds }) {
  const runs = [];
  for (let round = 0; round < own; round++) {
    before?.();
    try {
      runs.push(await measure(CLI, args, SOURCES));
    } finally {
      after?.();
    }
  }
  return runs;
}

const rowOf = (title, runs) =>
  `| ${title} | ${formatMedian(
    runs.map(({ cpu }) => cpu),
    2,
  )} | ${formatMedian(
    runs.map(({ seconds }) => seconds),
    2,
  )} | ${Math.max(...runs.map(({ memory }) => memory)).toFixed(0)} |`;

const rows = [];
for (const command of COMMANDS) {
  rows.push(rowOf(command.title, await repeat(command)));
  say(rows.at(-1));
}
rmSync(dataDir, { recursive: true, force: true });
const seeding = fromWorkspace('gateway/dist/seedCli.js');
rows.push(rowOf('`npm run seed`, all stores', [await measure(seeding, [], SOURCES)]));
say(rows.at(-1));
rows.push(rowOf('`npm run seed`, nothing changed', [await measure(seeding, [], SOURCES)]));
say(rows.at(-1));

const SERVICES = ['actors', 'statements', 'sanctions', 'trade'];
const megabytes = (path) => statSync(path).size / 2 ** 20;
const sizes = SERVICES.map((name) => `${name} ${megabytes(join(dataDir, `${name}.sqlite`)).toFixed(1)}`);

const OPERATIONS = {
  'page of a document': {
    query: `query Page($document: ID!) { document(id: $document) { id title statements(first: 20) { nodes {
      id summary attribution { speakers { id name } relayChain { carrier { id name } } } citations { id excerpt }
      provisionLinks { relation provision { id paragraph } } tradeFigures { id value unit } } } } }`,
    variables: (random) => ({ document: `document:${documentId(random.below(count))}` }),
  },
  'statements of an actor': {
    query: `query Actor($actor: ID!) { actor(id: $actor) { id name statements(first: 20, role: [SPEAKER]) { nodes { id summary citations { id excerpt } } } } }`,
    variables: (random) => ({ actor: actorId(random.zipf(100)) }),
  },
  'search in summaries and passages': {
    query: `query Search($text: String!) { statements(filter: { search: $text }, first: 20) {
      edges { matchedIn matchedCitations { id excerpt } node { id summary } } } }`,
    variables: (random) => ({ text: wordOf(random) }),
  },
};

Object.assign(process.env, { DOCUMENTS_DIR: documentsDir });
const [starts, responses, memory] = [[], {}, []];
for (let round = 0; round < 3; round++) {
  const startedAt = performance.now();
  const { url, children } = await startContender('embedded', { dataDir, seedsDir });
  try {
    await sendOne(url, JSON.stringify({ query: '{ __typename }' }));
    starts.push(performance.now() - startedAt);
    for (const [name, operation] of Object.entries(OPERATIONS)) {
      const bodies = bodiesOf(operation, round * 400, 400);
      const sentAt = performance.now();
      const first = await sendOne(url, bodies[0]);
      const cold = performance.now() - sentAt;
      assertVaryingResponses(name, [
        first,
        ...(await Promise.all(bodies.slice(1, 20).map((body) => sendOne(url, body)))),
      ]);
      await load(url, bodies, 1, 1);
      const { median } = await load(url, bodies, 2, 1);
      responses[name] ??= { cold: [], warm: [] };
      responses[name].cold.push(cold);
      responses[name].warm.push(median);
    }
    memory.push(resourceUsage(children).memory);
  } finally {
    await stop(children);
  }
}

const text = [
  `${count} documents, Node ${process.versions.node}, ${cpus().length} cores. Medians of ${rounds} runs, of 3 for \`check\` of all and the server, with minimum and maximum; one run of \`npm run seed\`. Other work shared the machine.`,
  '',
  '| command | CPU s | s | MB |',
  '| --- | ---: | ---: | ---: |',
  ...rows,
  '',
  `Stores, in MB: ${sizes.join(', ')}. Start of the whole graph until its first response: ${formatMedian(starts, 0)} ms; resident memory after the requests below: ${formatMedian(memory, 0)} MB.`,
  '',
  '| request, with excerpts | first after start, ms | repeated, ms |',
  '| --- | ---: | ---: |',
  ...Object.entries(responses).map(
    ([name, { cold, warm }]) => `| ${name} | ${formatMedian(cold, 0)} | ${formatMedian(warm, 2)} |`,
  ),
].join('\n');
say(`\n${text}`);
if (values.write) replaceSection('archive', text);
