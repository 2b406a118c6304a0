import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';

/** The text of a file in UTF-8, or why there is none. */
export type Decoded = { text: string; isConverted: boolean } | { problem: string };

/** Files of other formats that contain a text, by their first bytes. */
const FORMATS: readonly [string, string][] = [
  ['%PDF', 'a PDF file'],
  ['PK\u0003\u0004', 'a ZIP file, e.g. of a word processor'],
  ['\u00d0\u00cf\u0011\u00e0', 'a file of a word processor'],
  ['{\\rtf', 'an RTF file'],
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what no text has
const CONTROL = /[\0-\u0008\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f]/u;
/** Half of a character. */
const SURROGATE = /\p{Surrogate}/u;
const NOT_ASCII = /[^\0-\u007f]/u;
/** An encoding is named beside the first if it is at least this likely. */
const MIN_CONFIDENCE = 40;
const MAX_GUESSES = 3;

/** Whether a name of an encoding is known. */
export const isKnownEncoding = (name: string): boolean => !/^(hex|base64)$/i.test(name) && iconv.encodingExists(name);

/** Decodes the bytes of a text that is UTF-8 or, if `encoding` is not null, in that encoding. A byte order mark of UTF-8 is kept. */
export function decodeText(bytes: Buffer, encoding: string | null): Decoded {
  const format = FORMATS.find(([start]) => bytes.subarray(0, start.length).toString('latin1') === start);
  if (format) return { problem: `${format[1]}; expected plain text` };
  if (encoding === null || isUtf8Name(encoding)) return decodeUtf8(bytes, encoding);
  // Almost any bytes are a text in an encoding of one byte. Text of another encoding is UTF-8 only if it is ASCII.
  if (isUtf8(bytes) && NOT_ASCII.test(bytes.toString('utf8')) && !CONTROL.test(bytes.toString('utf8')))
    return { problem: `in UTF-8, not ${encoding}; add it without --encoding` };
  const decoded = decodeAs(bytes, encoding);
  if ('text' in decoded) return { text: decoded.text, isConverted: true };
  return { problem: `not ${encoding}: ${decoded.problem}${guess(bytes)}` };
}

/** Decodes bytes in an encoding other than UTF-8, or says why they are not text in it. */
function decodeAs(bytes: Buffer, encoding: string): { text: string } | { problem: string } {
  // The decoder ignores what remains.
  const unit = bytesOfUnit(encoding);
  if (bytes.length % unit !== 0) return { problem: `its ${bytes.length} bytes are not a multiple of ${unit}` };
  const text = iconv.decode(bytes, encoding);
  if (text.includes('\ufffd') || SURROGATE.test(text)) return { problem: 'some bytes have no character in it' };
  if (CONTROL.test(text)) return { problem: 'it would contain control characters' };
  return { text };
}

/** Bytes of the units of an encoding: UTF-16 and UTF-32 have characters of several bytes only. */
const bytesOfUnit = (encoding: string): number =>
  /^(?:utf-?16|ucs-?2)/i.test(encoding) ? 2 : /^utf-?32|^ucs-?4/i.test(encoding) ? 4 : 1;

const isUtf8Name = (name: string): boolean => /^utf-?8$/i.test(name);

function decodeUtf8(bytes: Buffer, encoding: string | null): Decoded {
  if (!isUtf8(bytes)) return { problem: `not UTF-8${guess(bytes)}` };
  const text = bytes.toString('utf8');
  if (!CONTROL.test(text)) return { text, isConverted: false };
  return {
    problem: `${encoding === null ? 'not text in UTF-8' : 'not text'}: it contains control characters${guess(bytes)}`,
  };
}

/** What the encoding may be instead, as the rest of a sentence. */
function guess(bytes: Buffer): string {
  const [first, ...others] = guesses(bytes);
  if (first === undefined) return '; expected a text in UTF-8, or its encoding with --encoding';
  return `; it may be ${[first, ...others].join(' or ')}. If so, add it with --encoding ${first}`;
}

function guesses(bytes: Buffer): string[] {
  const utf16 = utf16Of(bytes);
  if (utf16) return [utf16];
  return analyse(bytes)
    .filter(
      ({ name, confidence }, index) =>
        (index === 0 || confidence >= MIN_CONFIDENCE) &&
        !isUtf8Name(name) &&
        name !== 'ASCII' &&
        isPossible(bytes, name),
    )
    .slice(0, MAX_GUESSES)
    .map(({ name }) => name.toLowerCase());
}

const isPossible = (bytes: Buffer, name: string): boolean => isKnownEncoding(name) && 'text' in decodeAs(bytes, name);

/** Whether bytes are a text in UTF-8 except for a few zeros. In UTF-16, English has a zero in each character, and other bytes of Cyrillic are control characters. */
function hasStrayZeros(bytes: Buffer, zeros: number): boolean {
  const others = bytes.filter((byte) => byte !== 0);
  return zeros * 4 < bytes.length && isUtf8(others) && !CONTROL.test(Buffer.from(others).toString('utf8'));
}

/** UTF-16 by its byte order mark, or by the zeros of its spaces and line breaks; null if it is not. */
function utf16Of(bytes: Buffer): string | null {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (marked) return isPossible(bytes, marked) ? marked : null;
  const zeros = [0, 0];
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] as number) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even === odd || hasStrayZeros(bytes, even + odd)) return null;
  const name = even > odd ? 'utf-16be' : 'utf-16le';
  return isPossible(bytes, name) ? name : null;
}
