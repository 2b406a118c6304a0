import type { Paragraph } from './paragraphs.js';

/** Quoted words. `start` and `end` are those of the words without their marks. */
export interface Quotation {
  passages: { paragraph: Paragraph; start: number; end: number }[];
  /** The words with their marks, if they are in one paragraph. */
  marked: { paragraph: Paragraph; start: number; end: number } | null;
  /** 1 for a quotation, 2 for one within it. */
  level: number;
}

/** Opening marks with their closing ones. The same mark may open in one language and close in another. */
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”',
  '‘': '’',
  '„': '“”',
  '‚': '‘’',
  '«': '»',
  '‹': '›',
  '»': '«',
  '›': '‹',
  '「': '」',
  '『': '』',
  '《': '》',
  '〈': '〉',
  '〝': '〞〟',
  '”': '”',
  '’': '’',
};
/** Marks that open only where the language uses them so (»German«, ”Swedish”): if nothing else can have opened there. */
const UNUSUAL_OPENING = new Set(['»', '›', '”', '’']);
const MARKS = /["'“”‘’„‚«»‹›「」『』《》〈〉〝〞〟]/gu;
/** Letters of scripts that have apostrophes. In Chinese, Japanese and Korean, letters may touch a mark from outside. */
const LETTER =
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Arabic}\p{Script=Hebrew}\p{M}\p{N}]/u;

interface Open {
  mark: string;
  /** Where the mark is. */
  at: number;
}

/**
 * The quotations of a text. A mark opens if no letter is before it and closes if no letter is after it, so that apostrophes are
 * neither. A paragraph that begins with an opening mark and never closes it continues in the next one that begins so too.
 */
export function quotationsIn(paragraphs: readonly Paragraph[]): Quotation[] {
  const quotations: Quotation[] = [];
  let running: { mark: string; passages: Quotation['passages'] } | null = null;
  for (const paragraph of paragraphs) {
    const { closed, left } = scan(paragraph);
    const first = firstMark(paragraph.content);
    const isContinued = running !== null && first?.mark === running.mark;
    const opening = left.find(({ at, mark }) => at === first?.at && mark === first?.mark);
    if (isContinued && running && !opening) {
      // The last paragraph: what its first mark opened is the end of the running quotation.
      const end = closed.find((quoted) => quoted.open === first?.at);
      if (end) {
        running.passages.push({ paragraph, start: end.open + 1, end: end.close });
        quotations.push({ passages: running.passages, marked: null, level: 1 });
        closed.splice(closed.indexOf(end), 1);
      }
      running = null;
    } else if (opening && first) {
      const passage: Quotation['passages'][number] = {
        paragraph,
        start: first.at + 1,
        end: paragraph.content.trimEnd().length,
      };
      if (isContinued && running) running.passages.push(passage);
      else running = { mark: first.mark, passages: [passage] };
    } else if (first || !INTERRUPTING.has(paragraph.role)) running = null;
    const base = isContinued || opening ? 1 : 0;
    for (const { open, close, depth } of closed)
      quotations.push({
        passages: [{ paragraph, start: open + 1, end: close }],
        marked: { paragraph, start: open, end: close + 1 },
        level: Math.max(depth, base === 1 && open > (first?.at ?? 0) ? 2 : 1),
      });
  }
  return quotations;
}

/** Paragraphs that may stand within a quotation without being part of it. */
const INTERRUPTING = new Set(['CAPTION', 'FOOTNOTE', 'BOILERPLATE']);

/** The mark with which a paragraph begins, if it begins with one. */
function firstMark(content: string): { mark: string; at: number } | null {
  const at = content.search(/\S/u);
  const mark = content[at] ?? '';
  return Object.hasOwn(CLOSING, mark) && !UNUSUAL_OPENING.has(mark) ? { mark, at } : null;
}

/** The pairs of marks of a paragraph, and the marks that nothing closes. */
function scan({ content }: Paragraph): { closed: { open: number; close: number; depth: number }[]; left: Open[] } {
  const closed: { open: number; close: number; depth: number }[] = [];
  const stack: Open[] = [];
  for (const { 0: mark, index } of content.matchAll(MARKS)) {
    const isBefore = LETTER.test(content[index - 1] ?? '');
    const isAfter = LETTER.test(content[index + 1] ?? '');
    const partner =
      isAfter && isApostrophe(mark) ? -1 : stack.findLastIndex((open) => CLOSING[open.mark]?.includes(mark));
    const couldClose = partner >= 0 && (stack[partner]?.at ?? 0) + 1 < index && !/\s/u.test(content[index - 1] ?? ' ');
    if (couldClose) {
      const open = stack[partner] as Open;
      // A single mark that could also be an apostrophe of the plural ("the peoples' interests") closes the last of several.
      if (isBefore && isApostrophe(mark) && laterCloses(content, index, mark, stack.length > partner + 1)) continue;
      closed.push({ open: open.at, close: index, depth: partner + 1 });
      stack.length = partner;
    } else if (!isBefore && Object.hasOwn(CLOSING, mark) && !/^(?:\s|$)/u.test(content.slice(index + 1, index + 2))) {
      if (!UNUSUAL_OPENING.has(mark) || stack.length === 0) stack.push({ mark, at: index });
    }
  }
  return { closed: closed.sort((a, b) => a.open - b.open), left: stack };
}

const isApostrophe = (mark: string): boolean => mark === "'" || mark === '’';

/**
 * Whether a mark after an "s" without punctuation is rather an apostrophe: the next mark of its kind closes too, and no mark opens in between.
 */
function laterCloses(content: string, index: number, mark: string, isInner: boolean): boolean {
  if (isInner || !/s/iu.test(content[index - 1] ?? '') || !/^\s\p{Ll}/u.test(content.slice(index + 1, index + 3)))
    return false;
  for (const { index: next } of content.slice(index + 1).matchAll(new RegExp(mark, 'gu'))) {
    const at = index + 1 + next;
    const [isBefore, isAfter] = [/\S/u.test(content[at - 1] ?? ' '), LETTER.test(content[at + 1] ?? '')];
    if (isBefore && isAfter && LETTER.test(content[at - 1] ?? '')) continue;
    return isBefore && !isAfter;
  }
  return false;
}
