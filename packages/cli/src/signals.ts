import { setTimeout as wait } from 'node:timers/promises';

/** A program that runs until it is stopped by a signal. */
export interface Running {
  /** Reports that it is not ready, so that load balancers send no more requests. */
  announceStop?: () => void;
  /** Accepts no more connections, and closes each after its next response. */
  drain?: () => void;
  /** Completes requests in progress, then closes. */
  close: () => Promise<void>;
}

const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
type StopSignal = (typeof STOP_SIGNALS)[number];

/** Exit status if the process was stopped before it completed its requests. */
const STATUS_INCOMPLETE = 1;

/**
 * Time after a first signal, in milliseconds, in which the same signal is a duplicate of it. npm forwards Ctrl-C, and a SIGTERM of
 * its process group, that the program also receives directly. A closed terminal sends SIGHUP; shells repeat it, and the
 * program notices that npm has exited.
 */
const duplicateMs: Record<StopSignal, number> = {
  SIGTERM: process.env['npm_lifecycle_event'] === undefined ? 0 : 100,
  SIGINT: 100,
  SIGHUP: 1_000,
};

/**
 * Stops the process on SIGTERM, SIGINT or SIGHUP. First it reports that it is not ready, so that load balancers send no more
 * requests. Then it accepts no new connections, and closes each open one after its next response; if it did this first, clients
 * would reconnect, and new connections would be lost. Then it completes requests in progress. A second signal ends the process
 * immediately. The end of a parent process that has an IPC channel to this one counts as SIGHUP.
 */
export function stopOnSignal({ DRAIN_MS = 0, GRACE_MS = 10_000 }: Partial<Record<string, number>>): {
  started: (running: Running | null) => void;
} {
  let resolveRunning: (running: Running | null) => void = () => {};
  const starting = new Promise<Running | null>((resolve) => {
    resolveRunning = resolve;
  });
  let first: { signal: StopSignal; at: number } | null = null;
  const removeHandlers = () => {
    for (const signal of STOP_SIGNALS) process.off(signal, onSignal);
  };
  const exit = (status: number): never => {
    // Should the exit be blocked, e.g. by a write to a disk that does not respond, the next signal has its default effect.
    removeHandlers();
    process.exit(status);
  };
  const finish = async () => {
    const running = await starting;
    if (running?.announceStop) {
      running.announceStop();
      await wait(DRAIN_MS / 2);
    }
    if (running?.drain) {
      running.drain();
      await wait(DRAIN_MS / 2);
    }
    setTimeout(() => {
      process.stderr.write(`Stopped after GRACE_MS=${GRACE_MS} with requests in progress.\n`);
      exit(STATUS_INCOMPLETE);
    }, GRACE_MS).unref();
    await running?.close();
  };
  const stop = async ({ signal, at }: { signal: StopSignal; at: number }) => {
    try {
      await finish();
      // A duplicate that is still to come must not end the process with another status.
      await wait(Math.max(0, at + Math.min(duplicateMs[signal], 100) - performance.now()));
      exit(0);
    } catch (error) {
      process.stderr.write(`Stopping failed: ${(error as Error).stack}\n`);
      exit(STATUS_INCOMPLETE);
    }
  };
  const onSignal = (signal: NodeJS.Signals) => {
    const received = { signal: signal as StopSignal, at: performance.now() };
    if (first === null) {
      first = received;
      void stop(received);
    } else if (signal !== first.signal || received.at - first.at >= duplicateMs[first.signal]) {
      exit(STATUS_INCOMPLETE);
    }
  };
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
  // The parent process is gone, if it started this one with an IPC channel.
  process.once('disconnect', () => onSignal('SIGHUP'));
  return {
    started: (running) => {
      // A program that has completed needs no signal handlers.
      if (!running) removeHandlers();
      resolveRunning(running);
    },
  };
}
