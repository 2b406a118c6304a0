import { z } from 'zod';
import type { Setting } from './setting.js';
import { fromWorkspace } from './workspace.js';

/** Reads a setting with a zod schema. `expected` completes the error message, e.g. `expected on or off.` */
export const reader =
  <T>(expected: string, schema: z.ZodType<T, string>): Setting<T>['read'] =>
  (text) => {
    const { success, data } = schema.safeParse(text);
    if (!success) throw new Error(expected);
    return data;
  };

const MAX_DIGITS = 12;

/** A whole number in decimal digits; unlike `z.coerce`, it accepts no spaces, signs, fractions or exponents. */
const integer = (min: number, max: number) =>
  z
    .string()
    .regex(new RegExp(`^\\d{1,${MAX_DIGITS}}$`))
    .transform(Number)
    .pipe(z.number().min(min).max(max));

/** Reads a whole number of `unit`. */
export const wholeNumber = (
  unit: string,
  { min = 0, max }: { min?: number; max: number },
): ((text: string) => number) => reader(`expected a whole number of ${unit}, ${min} to ${max}.`, integer(min, max));

export const port = reader('expected a port, 0 to 65535 (0 takes any free one).', integer(0, 65_535));

export const milliseconds = reader('expected a whole number of milliseconds, e.g. 1000.', integer(0, 9_999_999));

export const host = reader(
  'expected a host name or an address, e.g. 127.0.0.1.',
  z.string().regex(/^[0-9A-Za-z.:_-]+$/),
);

export const httpUrl = reader(
  'expected an http or https URL, e.g. http://127.0.0.1:4001/graphql.',
  z.url({ protocol: /^https?$/ }),
);

export const oneOf = <Word extends string>(...words: Word[]): ((text: string) => Word) =>
  reader(`expected one of ${words.join(', ')}.`, z.enum(words));

export const onOff = reader('expected on or off.', z.stringbool({ truthy: ['on'], falsy: ['off'], case: 'sensitive' }));

export const secret = reader(
  'expected 16 to 256 printable ASCII characters, without spaces.',
  z.string().regex(/^[\x21-\x7e]{16,256}$/),
);

export const headerName = reader(
  'expected the name of a header, e.g. x-forwarded-for.',
  z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .toLowerCase(),
);

const isHost = (name: string): boolean =>
  name === '*' || (URL.canParse(`http://${name}/`) && new URL(`http://${name}/`).host === name.toLowerCase());

/** Reads hosts separated by commas, with or without a port; `*` for any. The error names the invalid entry. */
export const hosts = (text: string): string[] =>
  text.split(',').map((entry) => {
    const name = entry.trim();
    return reader(
      `"${name}" is not a host; expected e.g. dossier.example.org, several separated by commas, or *.`,
      z.string().refine(isHost).toLowerCase(),
    )(name);
  });

/** Reads a path. A relative path starts at the root of the workspace. */
export const folder = (text: string): string => fromWorkspace(text);

/** Reads a setting that may be absent. */
export const optional = <T>(read: (text: string) => T): ((text: string) => T | null) => read;
