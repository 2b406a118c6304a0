import { describe, expect, it } from 'vitest';
import { parseResponse } from './parseResponse.js';

describe('a valid response', () => {
  it('is data, with field errors', () => {
    const errors = [{ message: 'No.', path: ['castle', 0], extensions: { code: 'BAD_USER_INPUT' } }];

    expect(parseResponse(200, JSON.stringify({ data: { castle: null }, errors }), null)).toEqual({
      data: { castle: null },
      errors,
    });
  });

  it('is only errors if the request was rejected', () => {
    expect(parseResponse(400, '{"errors":[{"message":"No."}]}', null)).toEqual({ errors: [{ message: 'No.' }] });
  });

  it.each([
    ['a page', 200, '<html>secret</html>', null],
    ['nothing', 200, '', null],
    ['null', 200, 'null', null],
    ['a list', 200, '[]', null],
    ['an empty object', 200, '{}', null],
    ['data null without an error', 200, '{"data":null}', null],
    ['data that is a list', 200, '{"data":[]}', null],
    ['errors that are a text', 200, '{"data":{},"errors":"no"}', null],
    ['errors without a message', 200, '{"data":{},"errors":[null]}', null],
    ['an error whose path is a text', 200, '{"data":{},"errors":[{"message":"No.","path":"castle"}]}', null],
    ['no entities', 200, '{"data":{}}', 1],
    ['fewer entities than representations', 200, '{"data":{"_entities":[]}}', 1],
    ['an entity that is a text', 200, '{"data":{"_entities":["castle"]}}', 1],
  ])('is not %s', (_what, status, body, entities) => {
    expect(() => parseResponse(status, body, entities)).toThrow();
  });
});
