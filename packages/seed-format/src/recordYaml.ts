import { parseDocument } from 'yaml';
import type { KeyOrder } from './keyOrder.js';
import { quickYaml } from './quickYaml.js';

/** Maximum length of a line that a list or a mapping is written on, in UTF-16 units. */
export const MAX_LINE = 120;

/** Words that other parsers read as something else than a string. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
/** A digest may consist of digits, or look like a number with an exponent. */
const HEX = /^(?:[0-9a-f]{16}|[0-9a-f]{64})$/;
const PLAIN = /^\p{L}[^\n\r]*$/u;
/** JavaScript's JSON leaves these as they are; YAML does not allow them, or reads a line break. */
const UNPRINTABLE =
  /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])/g;

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** A scalar on one line: without quotes where a person would not write any. */
function formatScalar(value: unknown, isInline: boolean): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = PLAIN.test(value) && !RESERVED.test(value) && !HEX.test(value) && !UNPRINTABLE.test(value);
  if (isPlain && !(isInline && /[,[\]{}]/.test(value)) && isReadAs(value, isInline ? `[${value}]` : `key: ${value}\n`))
    return value;
  return JSON.stringify(value).replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether both parsers read the only value of a source as this string. */
function isReadAs(value: string, source: string): boolean {
  const only = (content: unknown): unknown => (isMapping(content) ? content['key'] : (content as unknown[])?.[0]);
  const quick = quickYaml(source);
  if (quick && only(quick.content) !== value) return false;
  const document = parseDocument(source, { logLevel: 'error' });
  return document.errors.length === 0 && only(document.toJS()) === value;
}

/** A value in flow style, on one line. */
export function formatInline(value: unknown, path: readonly string[], keys: KeyOrder): string {
  if (Array.isArray(value)) return `[${value.map((item) => formatInline(item, path, keys)).join(', ')}]`;
  if (!isMapping(value)) return path.at(-1) === 'digest' ? JSON.stringify(value) : formatScalar(value, true);
  const entries = orderedEntries(value, path, keys);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, item]) => `${key}: ${formatInline(item, [...path, key], keys)}`).join(', ')} }`;
}

function orderedEntries(value: Record<string, unknown>, path: readonly string[], keys: KeyOrder): [string, unknown][] {
  const order = keys(path);
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return Object.entries(value).sort(([a], [b]) => rank(a) - rank(b));
}

/** Whether a value is written on one line if there is room: passages and dates are, lists of them are not. */
const isShort = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(isScalar)
    : isMapping(value) && Object.values(value).every((item) => isScalar(item) || isShort(item));

/** The lines of a mapping in block style, without indentation; `indent` is the number of columns before it. */
export function formatMapping(
  value: Record<string, unknown>,
  path: readonly string[],
  keys: KeyOrder,
  indent: number,
): string[] {
  return orderedEntries(value, path, keys).flatMap(([key, item]) => {
    const [first = '', ...rest] = formatValue(item, [...path, key], keys, indent, key.length + 2);
    return [first === '' ? `${key}:` : `${key}: ${first}`, ...rest];
  });
}

/**
 * A value after its key: the text on the line of the key, which is empty if the value begins on the next one, and the other lines, with
 * their indentation relative to the key. `used` is the number of columns that the key takes.
 */
export function formatValue(
  value: unknown,
  path: readonly string[],
  keys: KeyOrder,
  indent: number,
  used: number,
): string[] {
  if (isScalar(value)) return [path.at(-1) === 'digest' ? JSON.stringify(value) : formatScalar(value, false)];
  const inline = formatInline(value, path, keys);
  const isEmpty = Object.keys(value as object).length === 0;
  if (isEmpty || (isShort(value) && indent + used + inline.length <= MAX_LINE)) return [inline];
  if (Array.isArray(value))
    return ['', ...value.flatMap((item) => formatItem(item, path, keys, indent + 2)).map((line) => `  ${line}`)];
  return ['', ...formatMapping(value as Record<string, unknown>, path, keys, indent + 2).map((line) => `  ${line}`)];
}

/** The lines of an item of a list in block style, the first with its dash. */
export function formatItem(item: unknown, path: readonly string[], keys: KeyOrder, indent: number): string[] {
  const inline = formatInline(item, path, keys);
  if (isScalar(item)) return [`- ${path.at(-1) === 'digest' ? inline : formatScalar(item, false)}`];
  if (Object.keys(item as object).length === 0 || (isShort(item) && indent + 2 + inline.length <= MAX_LINE))
    return [`- ${inline}`];
  const lines = isMapping(item)
    ? formatMapping(item, path, keys, indent + 2)
    : (item as unknown[]).flatMap((each) => formatItem(each, path, keys, indent + 2));
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}
