import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CircuitBreaker } from './breaker.js';
import { SubgraphFailure } from './failure.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const failing = () => Promise.reject(new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'connection refused'));

/** A breaker that has opened for a second. */
async function anOpenBreaker() {
  const states: string[] = [];
  const breaker = new CircuitBreaker({ failures: 2, openMs: 1_000 }, (state) => states.push(state));
  for (const _time of [1, 2]) await expect(breaker.run(failing)).rejects.toThrow('connection refused');
  return { breaker, states };
}

describe('the circuit breaker', () => {
  it('rejects requests while it is open, then lets one through, and closes if that succeeds', async () => {
    const { breaker, states } = await anOpenBreaker();

    vi.advanceTimersByTime(999);
    await expect(breaker.run(async () => 'done')).rejects.toMatchObject({ code: 'SUBGRAPH_CIRCUIT_OPEN' });
    vi.advanceTimersByTime(1);

    expect(await breaker.run(async () => 'done')).toBe('done');
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('opens for the same time again if that request fails', async () => {
    const { breaker } = await anOpenBreaker();
    vi.advanceTimersByTime(1_000);
    await expect(breaker.run(failing)).rejects.toThrow('connection refused');

    vi.advanceTimersByTime(999);
    await expect(breaker.run(async () => 'done')).rejects.toMatchObject({ code: 'SUBGRAPH_CIRCUIT_OPEN' });
    vi.advanceTimersByTime(1);

    expect(await breaker.run(async () => 'done')).toBe('done');
  });

  it.each([
    ['back', -3],
    ['forward', 3],
  ])('waits for the same time if the clock is set %s', async (_where, days) => {
    const { breaker } = await anOpenBreaker();

    vi.setSystemTime(Date.now() + days * 86_400_000);
    await expect(breaker.run(async () => 'done')).rejects.toMatchObject({ code: 'SUBGRAPH_CIRCUIT_OPEN' });
    vi.advanceTimersByTime(1_000);

    expect(await breaker.run(async () => 'done')).toBe('done');
  });
});
