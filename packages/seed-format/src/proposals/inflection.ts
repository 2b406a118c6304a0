import { foldWord, graphemesOf, scriptOf, type Word } from './words.js';

/** A part of a word that may be a name: with a prefix or suffix of the language left out. Offsets are in UTF-16 units of the word. */
export interface WordPart {
  folded: string;
  start: number;
  end: number;
}

/** A name this short is also the beginning of too many other words. */
const MIN_KOREAN_SYLLABLES = 2;
const MIN_SEMITIC_LETTERS = 3;

const KOREAN_PARTICLES: ReadonlySet<string> = new Set(
  (
    '은 는 이 가 을 를 의 에 도 만 와 과 로 으로 에서 에게 에게서 한테 한테서 께 께서 께서는 께서도 부터 까지 까지도 보다 처럼 같이 마저 조차 밖에 ' +
    '이나 나 이라 라 이라고 라고 이라는 라는 이란 란 이며 며 이든 든 이야 야 이여 여 이다 다 입니다 이었다 였다 에는 에도 에만 에의 에서는 에서도 에서의 ' +
    '에게는 에게도 와는 와도 와의 과는 과도 과의 로는 로도 로서 로써 로부터 로의 으로는 으로도 으로서 으로써 으로부터 으로의 만은 만이 만을 만의 ' +
    '부터는 부터의 까지는 까지의 보다는 보다도 측 측은 측이 측을 측의 측에 측과 측도 씨 씨는 씨가 씨를 씨의 씨와 씨도 씨에게 님 님은 님이 님을 님의'
  ).split(' '),
);

/** Titles that are written together with the name before them, above all in North Korea. */
const KOREAN_TITLES = ['위원장', '동지', '대통령', '총리', '장관', '주석', '국방위원장', '총비서', '대사'];
/** Shorter names with a title are compounds: "한국대통령". */
const MIN_SYLLABLES_BEFORE_TITLE = 3;

const ARABIC_PREFIXES = ['و', 'ف', 'ب', 'ك', 'ل', 'وب', 'ول', 'وك', 'فب', 'فل'];
const HEBREW_PREFIXES = ['ו', 'ה', 'ב', 'כ', 'ל', 'מ', 'ש', 'וה', 'וב', 'ול', 'ומ', 'וש', 'שב', 'של', 'שה', 'מה'];
const ARABIC_ARTICLE = 'ال';

/** The word without particles that follow it: "김정은은" is also "김정은". Longest first. */
export function withoutSuffixes(word: Word): WordPart[] {
  if (scriptOf(word.folded) !== 'HANGUL') return [];
  const characters = graphemesOf(word.text);
  const parts: WordPart[] = [];
  for (let count = characters.length - 1; count >= MIN_KOREAN_SYLLABLES; count -= 1) {
    const end = characters[count]?.start ?? word.text.length;
    const suffix = word.text.slice(end).normalize('NFC');
    const title = count >= MIN_SYLLABLES_BEFORE_TITLE && KOREAN_TITLES.find((known) => suffix.startsWith(known));
    const particle = title ? suffix.slice(title.length) : suffix;
    if (KOREAN_PARTICLES.has(particle) || (title && particle === ''))
      parts.push({ folded: foldWord(word.text.slice(0, end)), start: 0, end });
  }
  return parts;
}

/** The word without conjunctions and prepositions that are written as part of it: "وإيران" is also "إيران". */
export function withoutPrefixes(word: Word): WordPart[] {
  const script = scriptOf(word.folded);
  if (script !== 'ARABIC' && script !== 'HEBREW') return [];
  const characters = graphemesOf(word.text);
  const parts: WordPart[] = [];
  let prefix = '';
  for (const [count, character] of characters.entries()) {
    if (characters.length - count < MIN_SEMITIC_LETTERS) break;
    const known = script === 'ARABIC' ? ARABIC_PREFIXES : HEBREW_PREFIXES;
    if (known.includes(prefix)) {
      const folded = foldWord(word.text.slice(character.start));
      parts.push({ folded, start: character.start, end: word.text.length });
      // The article loses its alef after "l": "للصين" is "ل" and "الصين".
      if (script === 'ARABIC' && prefix.endsWith('ل') && folded.startsWith('ل'))
        parts.push({ folded: ARABIC_ARTICLE + folded.slice(1), start: character.start, end: word.text.length });
    }
    prefix += foldWord(character.text);
  }
  return parts;
}

const CYRILLIC_ENDINGS: ReadonlySet<string> = new Set([
  ...'а я о е ё ы и у ю ь й ой ей ою ею ом ем ём ам ям ах ях ов ев ым им ых их ыми ими ами ями ая яя ое ее ые ие ую юю ого его ому ему ий ый ові еві єю ї і є ію'.split(
    ' ',
  ),
]);
const LATIN_ENDINGS: Readonly<Record<string, readonly string[]>> = {
  de: ['s', 'es'],
  nl: ['s'],
  sv: ['s'],
  da: ['s'],
  no: ['s'],
  nb: ['s'],
  pl: 'a u owi em iem ie y i ą ę o ów om ami ach ego emu ym im ej'.split(' '),
  cs: 'a u ovi em e y i ou o ů ům ech ého ému ým ém'.split(' '),
  sk: 'a u ovi om e y i ou o ov ám och ého ému ým om'.split(' '),
  hr: 'a u om em e i o ov ama ima og om oj'.split(' '),
};
const MAX_ENDING = 3;
const MIN_STEM = 2;

/** The set of endings that a name's word may take: `CYRILLIC`, or a language of Latin script; null if it is not inflected. */
export function inflectionOf(word: Word, lang: string | null): string | null {
  // Abbreviations are not inflected.
  if (word.folded.length < MIN_STEM || word.text === word.text.toUpperCase()) return null;
  if (scriptOf(word.folded) === 'CYRILLIC') return 'CYRILLIC';
  const language = lang?.split('-')[0] ?? '';
  return Object.hasOwn(LATIN_ENDINGS, language) && scriptOf(word.folded) === 'LATIN' ? language : null;
}

/** The beginnings that stay the same in all cases of a word: "росси" of "Россия". */
export function stemsOf(folded: string): string[] {
  const stems = [folded];
  if (/[аяоеёыиуюьйіїaeoy]$/u.test(folded)) stems.push(folded.slice(0, -1));
  if (/(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)$/u.test(folded)) stems.push(folded.slice(0, -2));
  return stems.filter((stem) => stem.length >= MIN_STEM);
}

/** The stems that a word of a text has if its ending is one of the inflection. */
export function* stemsInText(folded: string, inflection: string): Generator<string> {
  const isCyrillic = inflection === 'CYRILLIC';
  if (isCyrillic !== (scriptOf(folded) === 'CYRILLIC')) return;
  const endings = isCyrillic ? CYRILLIC_ENDINGS : new Set(LATIN_ENDINGS[inflection]);
  for (let length = 0; length <= MAX_ENDING && folded.length - length >= MIN_STEM; length += 1)
    if (length === 0 || endings.has(folded.slice(-length))) yield folded.slice(0, folded.length - length);
}
