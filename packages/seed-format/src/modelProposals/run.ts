import { createHash } from 'node:crypto';
import { failure, type Outcome, success } from '../commands/outcome.js';
import { NameIndex } from '../proposals/nameIndex.js';
import { knownNames, partiesOf } from '../proposals/names.js';
import type { Opened } from '../proposals/openDocument.js';
import { paragraphsOf } from '../proposals/paragraphs.js';
import { asRecord, textOf } from '../proposals/seedRecords.js';
import { escapeLine } from '../terminal.js';
import { type ChatClient, ChatError, type Usage } from './chatClient.js';
import { type Dropped, describeDropped, droppedCounts } from './dropped.js';
import { estimatedTokens, PROMPT_VERSION, type Prompt, promptsFor, provisionIdOf } from './prompt.js';
import { parseReply, replySchema } from './responseSchema.js';
import { type Run, type RunParagraph, readRun, writeRun } from './runFile.js';
import { type Known, verify } from './verify.js';

/** The model, and what its tokens cost. */
export interface ModelOptions {
  model: string;
  /** Base URL of the API. */
  url: string;
  maxTokens: number;
  /** Per million tokens; null if they are not known. */
  prices: { input: number; output: number } | null;
}

/** What is to be sent for a document. */
export interface ModelPlan {
  opened: Opened;
  options: ModelOptions;
  /** What has been proposed before by the same model for the same text, or an empty list. */
  run: Run;
  prompts: Prompt[];
  known: Known;
  /** Lines that say what will be sent. */
  summary: string[];
}

const SCHEMA = replySchema();
/** Requests in a row without a usable response after which no more are sent. */
const MAX_FAILURES = 3;
/** A reply that is not valid JSON is requested once more. */
const MAX_ATTEMPTS = 2;

/** Finds out what would be sent. Paragraphs that are done are left out, unless model, prompt or text have changed. */
export function planModelRun(opened: Opened, seedsDir: string, options: ModelOptions): ModelPlan {
  const { seeds, folder, document, text } = opened;
  const { host } = new URL(options.url);
  const names = new NameIndex(knownNames(seeds));
  const head = {
    document: folder,
    sha256: textOf(document['sha256']) ?? '',
    model: options.model,
    host,
    prompt: PROMPT_VERSION,
    key: keyOf(options),
  };
  const before = readRun(seedsDir, folder);
  const isSame = before !== null && before.key === head.key && before.sha256 === head.sha256;
  const run: Run = { ...head, paragraphs: isSame ? before.paragraphs : [] };
  const done = new Set(run.paragraphs.map(({ number }) => number));
  const all = promptsFor(seeds, document, paragraphsOf(document, text), names);
  const prompts = all.filter(({ paragraph }) => !done.has(paragraph.number));
  const folders = (section: string) => seeds.folders.flatMap((each) => seeds.section(each, 'sanctions', section));
  return {
    opened,
    options,
    run,
    prompts,
    known: {
      parties: partiesOf(seeds),
      names,
      provisions: new Set(folders('provisions').map(provisionIdOf)),
      regimes: new Set(folders('regimes').flatMap(({ id }) => textOf(id) ?? [])),
      publishedOn: textOf(asRecord(document['publishedOn'])?.['edtf']),
      folder,
      text,
      source: { model: options.model, prompt: PROMPT_VERSION },
    },
    summary: [
      `Model: ${options.model} at ${host}`,
      ...summaryOf(prompts, options),
      ...(done.size > 0 ? [`Done before, and not sent again: ${paragraphCount(done.size)}`] : []),
      ...(before && !isSame && before.paragraphs.length > 0
        ? [
            `What ${before.model} proposed for ${paragraphCount(before.paragraphs.length)} is replaced: the ${before.sha256 === head.sha256 ? 'model or the prompt' : 'text'} has changed.`,
          ]
        : []),
    ],
  };
}

const keyOf = ({ model, url }: ModelOptions): string =>
  createHash('sha256')
    .update(JSON.stringify([model, url, PROMPT_VERSION, SCHEMA]))
    .digest('hex')
    .slice(0, 16);

const paragraphCount = (count: number): string => `${count} ${count === 1 ? 'paragraph' : 'paragraphs'}`;

function summaryOf(prompts: readonly Prompt[], { maxTokens, prices }: ModelOptions): string[] {
  const schema = JSON.stringify(SCHEMA);
  const texts = prompts.map(({ system, user }) => `${system}${user}${schema}`);
  const characters = texts.reduce((sum, text) => sum + [...text].length, 0);
  const input = texts.reduce((sum, text) => sum + estimatedTokens(text), 0);
  const output = maxTokens * prompts.length;
  const most = maxTokens > 0 ? `, and at most ${output} of output` : '';
  return [
    `Will be sent: ${paragraphCount(prompts.length)} with their neighbours and the names, provisions and regimes of the seeds`,
    `Size: ${characters} characters, about ${input} tokens${most}, without retries`,
    ...(prices && maxTokens > 0 ? [`Cost: at most about ${costOf({ input, output }, prices)}`] : []),
  ];
}

const costOf = ({ input, output }: Usage, prices: { input: number; output: number }): string =>
  ((input * prices.input + output * prices.output) / 1_000_000).toFixed(4);

export interface RunOptions {
  client: Pick<ChatClient, 'complete'>;
  seedsDir: string;
  /** Prints a line of progress. It is escaped already. */
  report: (line: string) => void;
  /** Removes the key from a text: a server could repeat it in its reply. */
  redact: (text: string) => string;
  /** Writes what there is to review; returns lines to print. */
  writeReview: (run: Run) => string[];
}

/**
 * Sends the paragraphs one by one. What is done is written after each, so that a run that is killed can be continued. Fails if a paragraph got no
 * usable response.
 */
export async function runModel(
  { run, prompts, known, options: { prices } }: ModelPlan,
  { client, seedsDir, report, redact, writeReview }: RunOptions,
): Promise<Outcome> {
  const used: Usage = { input: 0, output: 0 };
  const failed: string[] = [];
  const dropped: Dropped[] = [];
  let failures = 0;
  let stopped: string | null = null;
  const reportSafely = (line: string) => report(escapeLine(line));
  for (const [index, prompt] of prompts.entries()) {
    const label = `Paragraph ${prompt.paragraph.number} (${index + 1} of ${prompts.length})`;
    const result = await annotate(prompt, known, client);
    used.input += result.usage.input;
    used.output += result.usage.output;
    if ('error' in result) {
      failures += 1;
      failed.push(`Paragraph ${prompt.paragraph.number}: ${result.error}`);
      reportSafely(`${label}: ${result.error}`);
      if (result.isFatal || failures >= MAX_FAILURES) {
        stopped = result.isFatal
          ? 'The run was stopped.'
          : `The run was stopped after ${MAX_FAILURES} failures in a row.`;
        break;
      }
      continue;
    }
    failures = 0;
    dropped.push(...result.dropped);
    run.paragraphs.push(paragraphRecord(prompt, result));
    run.paragraphs.sort((a, b) => a.number - b.number);
    writeRun(seedsDir, run);
    reportSafely(`${label}: ${countsOf(result.proposals)}; ${result.usage.input} + ${result.usage.output} tokens`);
    for (const drop of result.dropped) reportSafely(`  ${describeDropped({ ...drop, shown: redact(drop.shown) })}`);
  }
  const lines = [
    // Before anything is done, what another model proposed stays.
    ...(run.paragraphs.length > 0 ? writeReview(run) : []),
    `Tokens: ${used.input} of input, ${used.output} of output${prices ? `. Cost: about ${costOf(used, prices)}` : ''}.`,
    ...(dropped.length > 0 ? [`Dropped, because it does not hold: ${droppedCounts(dropped)}.`] : []),
    ...(stopped === null ? [] : [`${stopped} Run the command again to continue.`]),
  ];
  if (failed.length === 0) return success(lines);
  return failure([...failed, ...lines]);
}

type Annotated =
  | { usage: Usage; proposals: RunParagraph['proposals']; dropped: Dropped[] }
  | { usage: Usage; error: string; isFatal: boolean };

async function annotate(prompt: Prompt, known: Known, client: RunOptions['client']): Promise<Annotated> {
  const usage: Usage = { input: 0, output: 0 };
  const add = (more: Usage): void => {
    usage.input += more.input;
    usage.output += more.output;
  };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    try {
      const reply = await client.complete({ ...prompt, schema: SCHEMA, schemaName: 'annotations' });
      add(reply.usage);
      const lists = parseReply(reply.content);
      if (lists) return { usage, ...verify(lists, prompt.paragraph, known) };
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      add(error.usage);
      return { usage, error: error.message, isFatal: error.isFatal };
    }
  }
  return { usage, error: 'The model did not answer with the expected JSON.', isFatal: false };
}

const paragraphRecord = (
  { paragraph }: Prompt,
  { usage, proposals, dropped }: Extract<Annotated, { proposals: unknown }>,
): RunParagraph => ({
  number: paragraph.number,
  ...usage,
  proposals,
  // What the model wrote is not stored.
  dropped: dropped.map(({ kind, part, fault }) => ({ kind, part, fault })),
});

const countsOf = (proposals: RunParagraph['proposals']): string => {
  const kinds = [...new Set(proposals.map(({ kind }) => kind))];
  return (
    kinds.map((kind) => `${proposals.filter((each) => each.kind === kind).length} ${kind}`).join(', ') || 'no proposals'
  );
};
