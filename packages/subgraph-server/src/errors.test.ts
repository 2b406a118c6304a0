import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { formatError } from './errors.js';

describe('an error for clients', () => {
  it('does not reveal internal errors', () => {
    const text = JSON.stringify(
      formatError(
        {
          message: 'SQLITE_ERROR: no such column in /data/x.sqlite',
          path: ['a'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at x.js:1'] },
        },
        new Error('SQLITE_ERROR'),
      ),
    );
    expect(text).not.toMatch(/SQLITE|sqlite|x\.js/);
    expect(text).toContain('INTERNAL_SERVER_ERROR');
  });

  it('keeps the message about invalid input', () => {
    expect(
      formatError(
        { message: '"first" is 101.', extensions: { code: 'BAD_USER_INPUT', argument: 'first' } },
        new Error('x'),
      ),
    ).toMatchObject({
      message: '"first" is 101.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('that is meant for them has no stack trace', () => {
    const error = new GraphQLError('No such thing.');
    const formatted = {
      message: error.message,
      path: ['a'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at x.js:1'] },
    };
    expect(formatError(formatted, error)).toEqual({
      message: 'No such thing.',
      path: ['a'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
  });
});
