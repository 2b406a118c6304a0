import { en } from './en.js';
import { enValues } from './enValues.js';

/** The messages that those of all other languages are translated from. */
export const english = { ...en, ...enValues };

/** A text, or its plural forms by category; `other` is always present. */
export type Message = string | ({ readonly other: string } & { readonly [Category in Intl.LDMLPluralRule]?: string });

export type MessageKey = keyof typeof english;
/** The messages of a language. */
export type Messages = Readonly<Record<MessageKey, Message>>;
