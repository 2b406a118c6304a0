import { en } from './en.js';

/** A text, or its plural forms by category; `other` is always present. */
type Message = string | ({ readonly other: string } & { readonly [Category in Intl.LDMLPluralRule]?: string });

export type MessageKey = keyof typeof en;
/** The messages of a language. */
export type Messages = Readonly<Record<MessageKey, Message>>;

/** The names in braces in a text. */
type Names<TText extends string> = TText extends `${string}{${infer TName}}${infer TRest}`
  ? TName | Names<TRest>
  : never;
type TextOf<TKey extends MessageKey> = (typeof en)[TKey] extends string
  ? (typeof en)[TKey]
  : (typeof en)[TKey] extends { other: infer TOther extends string }
    ? TOther
    : never;
type Params<TKey extends MessageKey> = Record<Names<TextOf<TKey>>, string | number>;
type Arguments<TKey extends MessageKey> = [Names<TextOf<TKey>>] extends [never] ? [] : [params: Params<TKey>];

let messages: Messages = en;
let plurals = new Intl.PluralRules('en');
let numbers = new Intl.NumberFormat('en');

/** Uses the messages of a language from now on. Called before the first rendering. */
export function setMessages(language: string, next: Messages): void {
  messages = next;
  plurals = new Intl.PluralRules(language);
  numbers = new Intl.NumberFormat(language);
}

/** A number as text, e.g. with separators of thousands. */
export const formatNumber = (value: number): string => numbers.format(value);

/** The text of a message. Numbers are formatted for the language. */
export function t<TKey extends MessageKey>(key: TKey, ...[params]: Arguments<TKey>): string {
  const values: Readonly<Record<string, string | number>> = params ?? {};
  const message: Message = messages[key];
  const count = values['count'];
  const text =
    typeof message === 'string'
      ? message
      : ((typeof count === 'number' ? message[plurals.select(count)] : undefined) ?? message.other);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? formatNumber(value) : value;
  });
}
