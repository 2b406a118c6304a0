import { afterEach, describe, expect, it } from 'vitest';
import { en } from './en.js';
import { setMessages, t } from './messages.js';

afterEach(() => setMessages('en', en));

describe('a message', () => {
  it('has its parameters filled in, with numbers in the form of the language', () => {
    expect(t('list.shown', { count: 1 })).toBe('1 shown');
    expect(t('list.shown', { count: 12_345 })).toBe('12,345 shown');
  });

  it('has the plural form of the language', () => {
    setMessages('ru', {
      ...en,
      'list.shown': { one: '{count} запись', few: '{count} записи', other: '{count} записей' },
    });

    expect([1, 3, 5, 21].map((count) => t('list.shown', { count }))).toEqual([
      '1 запись',
      '3 записи',
      '5 записей',
      '21 запись',
    ]);
  });
});
