import { fromWorkspace } from '@dossier/domain';
import { wholeNumber } from './wholeNumber.js';

export const port = (text: string): number => {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65535) throw new Error('expected a port from 0 to 65535 (0: any free port).');
  return value;
};
export const milliseconds = wholeNumber({ unit: 'milliseconds', maxDigits: 7, example: 1000 });
export const host = (text: string): string => {
  if (!/^[0-9A-Za-z.:_-]+$/.test(text)) throw new Error('expected a host name or IP address, e.g. 127.0.0.1.');
  return text;
};
export const folder = (text: string): string => fromWorkspace(text);
/** Parses a URL. Credentials in it would not be sent, and would appear wherever the URL is printed. */
export const httpUrl = (text: string): string => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Error('expected an http or https URL, e.g. http://127.0.0.1:4001/graphql.');
  if (hasCredentials(text)) throw new Error('expected a URL without a user and password.');
  return text;
};

export const hasCredentials = (url: string): boolean => {
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
};

/** Parses one of the given words. */
export function oneOf<Word extends string>(...words: Word[]): (text: string) => Word {
  return (text) => {
    const word = words.find((known) => known === text);
    if (!word) throw new Error(`expected one of ${words.join(', ')}.`);
    return word;
  };
}
