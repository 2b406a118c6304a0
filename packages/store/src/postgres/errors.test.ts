import { describe, expect, it } from 'vitest';
import { QueryRefusedError } from '../errors.js';
import { StoreTimeoutError, StoreUnavailableError, storeError } from './errors.js';

const errorOf = (code: string | undefined, message = 'connect to 192.0.2.1 as reader') =>
  storeError(Object.assign(new Error(message), { code }));

describe('an error of PostgreSQL', () => {
  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EPIPE',
    '08006',
    '53300',
    '57P01',
    '28P01',
    '3D000',
    '3F000',
    '42P01',
    '42P05',
  ])('that concerns the server means that the store is not available: %s', (code) => {
    const error = errorOf(code);

    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect(error.message).toBe(`the PostgreSQL store is not available (${code})`);
  });

  it('without a code means that the connection was lost, and never has the address', () => {
    expect(errorOf(undefined).message).toBe('the PostgreSQL store is not available (CONNECTION_LOST)');
  });

  it('of a query that took too long is a timeout', () => {
    expect(errorOf('57014')).toBeInstanceOf(StoreTimeoutError);
  });

  it('of a query whose form is not supported is a refusal, with its reason for the log', () => {
    const error = errorOf('0A000', 'complex joins are not supported');

    expect(error).toBeInstanceOf(QueryRefusedError);
    expect(error.cause).toHaveProperty('message', 'complex joins are not supported');
  });

  it('in the SQL is a bug, and stays as it is', () => {
    expect(errorOf('42601', 'syntax error').message).toBe('syntax error');
  });
});
