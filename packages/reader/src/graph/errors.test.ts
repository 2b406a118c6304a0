import type { AnswerError } from '@dossier/client';
import { describe, expect, it } from 'vitest';
import { failedServiceAt, failureText, otherErrors, unavailableServices } from './errors.js';

const aLoss = (service: string, ...path: (string | number)[]): AnswerError => ({
  message: `The "${service}" subgraph could not be reached.`,
  path,
  extensions: { code: 'SUBGRAPH_UNAVAILABLE', service },
});

describe('the missing parts of a response', () => {
  it('name each service once, however many paths failed', () => {
    const errors = [
      aLoss('trade', 'statement', 'tradeFigures'),
      aLoss('actors', 'a', 0, 'name'),
      aLoss('actors', 'a', 1, 'name'),
    ];

    expect(unavailableServices(errors).map(({ service }) => service)).toEqual(['actors', 'trade']);
  });

  it('match a failed path and every path below it, and no other', () => {
    const errors = [aLoss('sanctions', 'statement', 'provisionLinks')];

    expect(failedServiceAt(errors, 'statement', 'provisionLinks')).toBe('sanctions');
    expect(failedServiceAt(errors, 'statement', 'provisionLinks', 0, 'regime')).toBe('sanctions');
    expect(failedServiceAt(errors, 'statement', 'tradeFigures')).toBeNull();
    expect(failedServiceAt(errors, 'statement')).toBeNull();
  });

  it('include an error without a service once, with its message', () => {
    expect(otherErrors([{ message: 'Too much.' }, { message: 'Too much.' }, aLoss('trade')])).toEqual(['Too much.']);
  });
});

describe('a request without a response', () => {
  it('is explained in the same words in every browser', () => {
    const messages = ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'];

    expect(new Set(messages.map((message) => failureText(new TypeError(message))))).toEqual(
      new Set(['The server could not be reached. Check the connection, then try again.']),
    );
    expect(failureText(new Error('HTTP 502'))).toBe('HTTP 502');
  });
});
