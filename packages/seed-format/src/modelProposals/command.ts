import { createInterface } from 'node:readline/promises';
import { ConfigError } from '@dossier/config';
import { failure, type Outcome, success } from '../commands/outcome.js';
import { openDocument, type Workplace } from '../proposals/openDocument.js';
import { ChatClient } from './chatClient.js';
import { type ModelPlan, planModelRun, type RunOptions, runModel } from './run.js';
import { lockRun } from './runLock.js';
import { type ModelConfig, readModelConfig } from './settings.js';

export interface ModelCommandOptions {
  env: NodeJS.ProcessEnv;
  /** Whether to send without asking. */
  yes: boolean;
  dryRun: boolean;
  /** Prints a line at once. */
  report: (line: string) => void;
  writeReview: (opened: ReturnType<typeof openDocument>, run: Parameters<RunOptions['writeReview']>[0]) => string[];
  /** Ends the program because a setting is missing or not valid. */
  onInvalidSettings: (message: string) => never;
}

/** Sends the paragraphs of a document to a model, after saying what will be sent. */
export async function proposeByModel(workplace: Workplace, id: string, options: ModelCommandOptions): Promise<Outcome> {
  const config = readSettings(options);
  const { MODEL_URL: url, MODEL_NAME: model, MODEL_PRICE_INPUT: input, MODEL_PRICE_OUTPUT: output } = config;
  if (url === null || model === null)
    return options.onInvalidSettings(
      'MODEL_URL and MODEL_NAME: expected both; nothing is sent unless a model is configured.',
    );
  const opened = openDocument(workplace, id);
  const planned = () =>
    planModelRun(opened, workplace.seedsDir, {
      model,
      url,
      maxTokens: config.MODEL_MAX_TOKENS,
      prices: input === null || output === null ? null : { input, output },
    });
  if (options.dryRun) return success([...planned().summary, 'Nothing was sent.']);
  const lock = lockRun(workplace.seedsDir, opened.folder);
  try {
    // What is done is read under the lock: a run that has just ended may have added to it.
    return await sendPlan(planned(), workplace, { url, model, config, options });
  } finally {
    lock.release();
  }
}

async function sendPlan(
  plan: ModelPlan,
  { seedsDir }: Workplace,
  { url, model, config, options }: { url: string; model: string; config: ModelConfig; options: ModelCommandOptions },
): Promise<Outcome> {
  for (const line of success(plan.summary).output.split('\n')) options.report(line);
  if (plan.prompts.length > 0 && !options.yes && !(await isConfirmed()))
    return failure(['Nothing was sent; expected the answer "y", or --yes.']);
  const client = new ChatClient({
    url,
    model,
    key: config.MODEL_KEY,
    timeoutMs: config.MODEL_TIMEOUT_SECONDS * 1000,
    retries: config.MODEL_RETRIES,
    maxTokens: config.MODEL_MAX_TOKENS,
    onRetry: (reason, waitMs) => options.report(`${reason} Trying again in ${Math.ceil(waitMs / 1000)} s.`),
  });
  return runModel(plan, {
    client,
    seedsDir,
    report: options.report,
    redact: (text) => (config.MODEL_KEY === null ? text : text.replaceAll(config.MODEL_KEY, '***')),
    writeReview: (run) => options.writeReview(plan.opened, run),
  });
}

/** Asks on the terminal. Without one, the answer is no. */
async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await terminal.question('Send? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}

function readSettings({ env, onInvalidSettings }: ModelCommandOptions): ModelConfig {
  try {
    return readModelConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return onInvalidSettings(error.message);
    throw error;
  }
}
