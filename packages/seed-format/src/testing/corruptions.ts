import fc from 'fast-check';
import { digestOf, ruritania, TEXT, type Yaml } from './ruritania.js';
import { valueAt } from './seedFolder.js';

/** A change of one value of the valid seeds. */
export interface Corruption {
  kind: string;
  file: string;
  path: string;
  /** Undefined takes the value out. */
  value: Yaml | undefined;
  /** Whether the change makes the seeds invalid, judged without the checks: by the text, by a list of ids, by what a key is for. */
  isInvalid: boolean;
}

interface Place {
  file: string;
  path: string;
  key: string;
  value: Yaml;
}

const SEEDS = ruritania();
const PLACES: Place[] = Object.entries(SEEDS).flatMap(([file, content]) => placesIn(file, '', '', content));

function placesIn(file: string, path: string, key: string, value: Yaml): Place[] {
  const own = path === '' ? [] : [{ file, path, key, value }];
  if (Array.isArray(value))
    return [...own, ...value.flatMap((item, index) => placesIn(file, `${path}[${index}]`, key, item))];
  if (typeof value !== 'object' || value === null) return own;
  return [
    ...own,
    ...Object.entries(value).flatMap(([name, item]) =>
      placesIn(file, path === '' ? name : `${path}.${name}`, name, item),
    ),
  ];
}

// Written by hand, not taken from the format: what no record of any section can do without.
const NEEDED = new Set(
  'id kind name form at digest holder title person relative relation inverse label status date participants actor role of summary modality attribution edtf basis type from to speakerIsCertain level isTranslated translationBasis explanation description statement confidence rationale symbol regime adoptedOn instrument paragraph measure direction inForceFrom measures flow period qualifier formula inputs sha256 length byteLength paragraphs number'.split(
    ' ',
  ),
);
// Needed in some records, left out in others of the same name.
const OPTIONAL =
  /^(numbers\[\d+\]|figures\[\d+\])\.statement$|participants$|^links\[\d+\]\.regime$|^document\.number$|paragraphs\[\d+\]\.voice$|affiliations\[\d+\]\.basis$|^(relations|tensions|cautions)\[\d+\]\.basis$/;
const REFERENCES = new Set(
  'publisher reproduces voice affiliations holder person relative place statements of speakers carrier imputedTo imputedBy speaker maker authority targets statement provision regime instrument reporter partner inputs'.split(
    ' ',
  ),
);
const IDS = new Set(
  PLACES.filter(({ key, value }) => key === 'id' && typeof value === 'string').map(({ value }) => value),
);

const at = (places: Place[]): fc.Arbitrary<Place> => fc.constantFrom(...places);
const isText = ({ value }: Place): boolean => typeof value === 'string';

/** The words between two code points. */
const wordsAt = ([start, end]: [number, number]): string => [...TEXT].slice(start, end).join('');
const digestBeside = ({ file, path }: Place): string => valueAt(SEEDS, file, path.replace(/at$/, 'digest')) as string;

const missingKey = at(
  PLACES.filter(({ key, path }) => NEEDED.has(key) && !path.endsWith(']') && !OPTIONAL.test(path)),
).map(({ file, path, key }) => ({
  kind: 'missing key',
  file,
  path,
  value: undefined,
  isInvalid: NEEDED.has(key),
}));

const unknownKey = fc
  .tuple(
    at(PLACES.filter(({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value))),
    fc.stringMatching(/^zz[a-z]{1,8}$/),
  )
  .map(([{ file, path, value }, key]) => ({
    kind: 'unknown key',
    file,
    path: `${path}.${key}`,
    value: 'x',
    isInvalid: !(key in (value as object)),
  }));

// All enums are in capitals.
const wrongEnum = fc
  .tuple(
    at(
      PLACES.filter(
        (place) =>
          isText(place) && /^[A-Z]+(_[A-Z]+)*$/.test(place.value as string) && !/statedAs|text|name/.test(place.key),
      ),
    ),
    fc.stringMatching(/^[a-z]{1,10}$/),
  )
  .map(([{ file, path }, value]) => ({
    kind: 'wrong enum',
    file,
    path,
    value,
    isInvalid: value === value.toLowerCase(),
  }));

const danglingReference = fc
  .tuple(
    at(PLACES.filter((place) => isText(place) && REFERENCES.has(place.key))),
    fc.stringMatching(/^([a-z]{2,12}|[A-Z]9\d)$/),
  )
  .map(([{ file, path }, value]) => ({
    kind: 'dangling reference',
    file,
    path,
    value,
    isInvalid: !IDS.has(value),
  }));

const shiftedSpan = fc
  .tuple(
    at(PLACES.filter(({ key, value }) => key === 'at' && Array.isArray(value))),
    fc.integer({ min: -40, max: 40 }),
    fc.integer({ min: -10, max: 10 }),
  )
  .map(([place, start, end]) => {
    const [from, until] = place.value as [number, number];
    const value: [number, number] = [Math.max(0, from + start), Math.max(1, until + start + end)];
    return {
      kind: 'shifted span',
      file: place.file,
      path: place.path,
      value,
      isInvalid: value[1] <= value[0] || !digestOf(wordsAt(value)).startsWith(digestBeside(place)),
    };
  });

const otherDigest = fc
  .tuple(
    at(PLACES.filter(({ key }) => key === 'digest')),
    fc.integer({ min: 0, max: 15 }),
    fc.integer({ min: 1, max: 15 }),
  )
  .map(([{ file, path, value }, index, step]) => {
    const digest = value as string;
    const digit = ((Number.parseInt(digest[index] as string, 16) + step) % 16).toString(16);
    return {
      kind: 'other digest',
      file,
      path,
      value: digest.slice(0, index) + digit + digest.slice(index + 1),
      isInvalid: digest[index] !== digit,
    };
  });

const noDecimal = fc
  .tuple(
    at(PLACES.filter(({ key }) => /^(value|lowerBound|upperBound)$/.test(key))).filter(({ path }) =>
      path.startsWith('figures'),
    ),
    fc.constantFrom('many', '1,5', '1e7', '01', '+1', '', '1.', '.5', '٣'),
  )
  .map(([{ file, path }, value]) => ({
    kind: 'no decimal',
    file,
    path,
    value,
    isInvalid: !/^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(value),
  }));

// Of a derived figure every amount but the one is wrong.
const otherAmount = fc
  .tuple(
    at(PLACES.filter(({ path, key }) => /^figures\[[34]\]/.test(path) && /^(value|lowerBound|upperBound)$/.test(key))),
    fc.bigInt({ min: -20_000_000n, max: 20_000_000n }),
  )
  .map(([{ file, path, value }, amount]) => ({
    kind: 'other amount',
    file,
    path,
    value: String(amount),
    isInvalid: BigInt(value as string) !== amount,
  }));

// No EDTF date is without a digit or an open end.
const noDate = fc
  .tuple(at(PLACES.filter(({ key }) => key === 'edtf')), fc.stringMatching(/^[a-w ]{0,12}$/))
  .map(([{ file, path }, value]) => ({ kind: 'no date', file, path, value, isInvalid: !/[\dX.]/.test(value) }));

const noDay = fc
  .tuple(
    at(PLACES.filter(({ key }) => /^(listedOn|delistedOn|inForceFrom|inForceUntil)$/.test(key))),
    fc.integer({ min: 32, max: 99 }),
  )
  .map(([{ file, path, value }, day]) => ({
    kind: 'no day',
    file,
    path,
    value: `${(value as string).slice(0, 8)}${day}`,
    isInvalid: day > 31,
  }));

// Ids that are already another's: of the same section, or of any actor or place.
const takenId = fc
  .tuple(
    at(PLACES.filter(({ key, path }) => key === 'id' && /^(actors|places|statements|figures)\[/.test(path))),
    at(PLACES.filter(({ key, path }) => key === 'id' && /^(actors|places|statements|figures)\[/.test(path))),
  )
  .filter(([one, other]) => one.value !== other.value && spaceOf(one) === spaceOf(other))
  .map(([{ file, path }, { value }]) => ({ kind: 'taken id', file, path, value, isInvalid: IDS.has(value) }));

const spaceOf = ({ path }: Place): string => (/^(actors|places)/.test(path) ? 'party' : (path.split('[')[0] as string));

const emptied = at(
  PLACES.filter(
    ({ key, value, path }) =>
      Array.isArray(value) &&
      value.length > 0 &&
      /^(passages|references|mentions|inputs|measures|paragraphs)$/.test(key) &&
      !/^mentions/.test(path) &&
      !path.endsWith(']'),
  ),
).map(({ file, path }) => ({
  kind: 'nothing to rest on',
  file,
  path,
  value: [],
  isInvalid: true,
}));

/** A corruption of any kind; those that by chance would leave the seeds valid are not among them. */
export const corruptions: fc.Arbitrary<Corruption> = fc
  .oneof(
    missingKey,
    unknownKey,
    wrongEnum,
    danglingReference,
    shiftedSpan,
    otherDigest,
    noDecimal,
    otherAmount,
    noDate,
    noDay,
    takenId,
    emptied,
  )
  .filter(({ isInvalid }) => isInvalid);
