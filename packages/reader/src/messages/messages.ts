import type { ComponentChildren } from 'preact';
import { english, type Message, type MessageKey, type Messages } from './catalogue.js';

export type { MessageKey };

/** The languages of the pages; the first is the one that all others are translated from. */
export const LANGUAGES = { en: 'English', ru: 'Русский' } as const;
export type Language = keyof typeof LANGUAGES;

/** How dates and numbers of a language are formatted. */
const LOCALES: Record<Language, string> = { en: 'en-GB', ru: 'ru' };

/** The names in braces in a text. */
type Names<TText extends string> = TText extends `${string}{${infer TName}}${infer TRest}`
  ? TName | Names<TRest>
  : never;
type TextOf<TKey extends MessageKey> = (typeof english)[TKey] extends string
  ? (typeof english)[TKey]
  : (typeof english)[TKey] extends { other: infer TOther extends string }
    ? TOther
    : never;
type Arguments<TKey extends MessageKey, TValue> = [Names<TextOf<TKey>>] extends [never]
  ? []
  : [params: Record<Names<TextOf<TKey>>, TValue>];

const catalogues: Record<Exclude<Language, 'en'>, () => Promise<Messages>> = {
  ru: async () => (await import('./ru.js')).ru,
};

let current: { language: Language; messages: Messages; plurals: Intl.PluralRules; numbers: Intl.NumberFormat };
const dates = new Map<string, Intl.DateTimeFormat>();

/** Uses the messages of a language from now on. */
function use(language: Language, messages: Messages): void {
  const locale = LOCALES[language];
  dates.clear();
  current = {
    language,
    messages,
    plurals: new Intl.PluralRules(locale),
    numbers: new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }),
  };
}
use('en', english);

/** Loads the messages of a language, and uses them from now on. Called before the first rendering. Rejects if they cannot be loaded. */
export async function loadLanguage(language: Language): Promise<void> {
  use(language, language === 'en' ? english : await catalogues[language]());
}

/** The language of the pages. */
export const language = (): Language => current.language;

/** A number as text, e.g. with separators of thousands. */
export const formatNumber = (value: number): string => current.numbers.format(value);

/** Converts a decimal with commas between thousands and a decimal point, of any length, to the form of the language. */
export function formatDecimal(english: string): string {
  const parts = current.numbers.formatToParts(12_345.6);
  const sign = (type: 'group' | 'decimal'): string => parts.find((part) => part.type === type)?.value ?? '';
  return english.replace(/[,.]/g, (each) => sign(each === ',' ? 'group' : 'decimal'));
}

/** A date as text, with the parts that the options name. The time zone is UTC, because days of the graph have none. */
export function formatDate(date: Date, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options);
  const format = dates.get(key) ?? new Intl.DateTimeFormat(LOCALES[current.language], { ...options, timeZone: 'UTC' });
  dates.set(key, format);
  return format.format(date);
}

/** The name of a language or a script by its code, in the language of the pages; the code itself if it is not valid. */
function nameOf(code: string, type: 'language' | 'script'): string {
  try {
    return new Intl.DisplayNames([LOCALES[current.language]], { type }).of(code) ?? code;
  } catch {
    return code;
  }
}
export const languageText = (code: string): string => nameOf(code, 'language');
export const scriptText = (code: string): string => nameOf(code, 'script');

/** The text of a message in its plural form, with its parameters still in braces. */
function template(key: MessageKey, count: unknown): string {
  const message: Message = current.messages[key];
  if (typeof message === 'string') return message;
  return (typeof count === 'number' ? message[current.plurals.select(count)] : undefined) ?? message.other;
}

/** The text of a message. Numbers are formatted for the language, and a value that ends with a full stop, as dates do in Russian, has no second one. */
export function t<TKey extends MessageKey>(key: TKey, ...[params]: Arguments<TKey, string | number>): string {
  const values: Readonly<Record<string, string | number>> = params ?? {};
  return template(key, values['count']).replace(/\{(\w+)\}(\.?)/g, (whole, name: string, stop: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    const text = typeof value === 'number' ? formatNumber(value) : value;
    return text.endsWith('.') ? text : text + stop;
  });
}

/** The same with elements as parameters, e.g. links within a sentence. */
export function rich<TKey extends MessageKey>(
  key: TKey,
  ...[params]: Arguments<TKey, ComponentChildren>
): ComponentChildren {
  const values: Readonly<Record<string, ComponentChildren>> = params ?? {};
  // Every second part is the name of a parameter.
  return template(key, values['count'])
    .split(/\{(\w+)\}/)
    .map((part, index) => {
      const value = index % 2 === 0 ? part : values[part];
      return typeof value === 'number' ? formatNumber(value) : value;
    });
}

/** Whether there is a message with this key. */
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(english, key);
