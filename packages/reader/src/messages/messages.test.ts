import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterEach, describe, expect, it } from 'vitest';
import { english, type Message, type MessageKey } from './catalogue.js';
import { formatDate, formatDecimal, loadLanguage, rich, t } from './messages.js';
import { ru } from './ru.js';

afterEach(() => loadLanguage('en'));

describe('a message', () => {
  it('has its parameters filled in, with numbers in the form of the language', async () => {
    expect(t('list.of', { shown: 1000, total: 12_345 })).toBe('1,000 of 12,345 shown');
    await loadLanguage('ru');
    expect(t('list.of', { shown: 1000, total: 12_345 })).toBe('Показано: 1\u00a0000 из 12\u00a0345');
  });

  it('has one full stop where a value ends with one', async () => {
    await loadLanguage('ru');

    expect(t('citation.dated', { date: '19 августа 2022 г.' })).toBe('Дата: 19 августа 2022 г.');
    expect(t('citation.dated', { date: '2022' })).toBe('Дата: 2022.');
  });

  it('has the plural form of the language', async () => {
    await loadLanguage('ru');

    expect([1, 3, 5, 11, 21, 112].map((count) => t('count.documents', { count }))).toEqual([
      '1 документ',
      '3 документа',
      '5 документов',
      '11 документов',
      '21 документ',
      '112 документов',
    ]);
  });

  it('takes elements as parameters, in the order of the language', () => {
    expect(rich('instrument.paragraph', { symbol: { of: 'Act' } as never, paragraph: 8 })).toEqual([
      '',
      { of: 'Act' },
      ', para. ',
      '8',
      '',
    ]);
  });
});

describe('dates and numbers', () => {
  it('are those of the language', async () => {
    const day = new Date('2031-08-19T00:00:00Z');
    const form = { day: 'numeric', month: 'long', year: 'numeric' } as const;
    expect(formatDate(day, form)).toBe('19 August 2031');
    expect(formatDecimal('-12,345.670')).toBe('-12,345.670');

    await loadLanguage('ru');

    expect(formatDate(day, form)).toBe('19 августа 2031 г.');
    expect(formatDecimal('-12,345.670')).toBe('-12\u00a0345,670');
  });
});

const formsOf = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const paramsOf = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .sort()
    .join();

describe('the Russian messages', () => {
  it('have the keys and the parameters of the English ones', () => {
    expect(Object.keys(ru).sort()).toEqual(Object.keys(english).sort());
    const different = (Object.keys(english) as MessageKey[]).filter((key) => {
      const [wanted = ''] = formsOf(english[key]).slice(-1);
      return formsOf(ru[key]).some((form) => paramsOf(form) !== paramsOf(wanted));
    });
    expect(different).toEqual([]);
  });

  it('have a form for each plural category', () => {
    const counted = (Object.keys(english) as MessageKey[]).filter((key) => typeof english[key] !== 'string');

    const selected = new Set(Array.from({ length: 30 }, (_, count) => new Intl.PluralRules('ru').select(count)));
    expect([...selected].sort()).toEqual(['few', 'many', 'one']);
    expect(counted.filter((key) => typeof ru[key] === 'string')).toEqual([]);
    expect(counted.filter((key) => !['one', 'few'].every((form) => form in (ru[key] as object)))).toEqual([]);
  });
});

/** The source of the pages, without that of the messages. */
const FOLDER = join(import.meta.dirname, '..');
const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|^messages/.test(name))
  .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));

/** Attributes that are read by people. */
const READ_ATTRIBUTES = /^(?:title|alt|placeholder|label|what|caption|text|aria-label|aria-description|data-picture)$/;
const LETTERS = /\p{L}{2}/u;

/** Text between tags, or in an attribute that people read, that is not from the messages. */
function textsIn(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  /** The strings that an expression may have as its value. */
  const valuesOf = (node: ts.Node): string[] => {
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isTemplateExpression(node))
      return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
    if (ts.isConditionalExpression(node)) return [...valuesOf(node.whenTrue), ...valuesOf(node.whenFalse)];
    if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return valuesOf(node.right);
      const isEither = [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.PlusToken];
      return isEither.includes(kind) ? [...valuesOf(node.left), ...valuesOf(node.right)] : [];
    }
    return ts.isParenthesizedExpression(node) ? valuesOf(node.expression) : [];
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) found.push(node.text);
    else if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent))
      found.push(...valuesOf(node.expression));
    else if (ts.isJsxAttribute(node) && node.initializer && READ_ATTRIBUTES.test(node.name.getText(file))) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value) found.push(...valuesOf(value));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.filter((text) => LETTERS.test(text)).map((text) => `${name}: ${text.trim()}`);
}

describe('the text of the pages', () => {
  it('is from the messages only', () => {
    const allowed = ['App.tsx: /graphql', 'export/PageTools.tsx: SVG', 'export/PageTools.tsx: PNG'];

    const found = sources.flatMap(({ name, text }) => (name.endsWith('x') ? textsIn(name, text) : []));
    expect(found.filter((text) => !allowed.includes(text))).toEqual([]);
    expect(textsIn('planted.tsx', '<p title={x ? y + "No" : "Not"}>Some {z && "words"}</p>')).toHaveLength(4);
  });

  it('includes every message', () => {
    const used = sources.map(({ text }) => text).join('\n');
    const prefixes = [...used.matchAll(/['`]([\w.]+\.)\$\{/g)].map(([, prefix = '']) => prefix);

    const unused = Object.keys(english).filter(
      (key) => !used.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});
