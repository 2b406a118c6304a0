import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { quickYaml } from './quickYaml.js';
import { editRecord, type RecordChange } from './recordEdit.js';

const SOURCE = `# What the Ruritanian dispatch says.

statements:
  # The headline.
  - id: S01
    summary: The king returns.   # by train
    kind: TITLE
    attribution: { status: IMPLICIT, speakers: [post] }
    topics: [king,   throne] # spaced by hand
    passages:
      - { at: [0, 10], digest: "00000000000000aa" } # words of the title

  - id: S02
    summary: The duke objects.
    attribution:
      status: EXPLICIT
      speakers: [duke]
      relayChain:
        # Nearest the speaker.
        - { carrier: post, medium: letter }
        - carrier: gazette
          medium: telegram
    note: |
      Two
      lines.
    passages:
      - { at: [20, 30], digest: "00000000000000bb" }

# The works.
works:
  - id: W01
    kind: ARTICLE
`;

const changedLines = (after: string) => {
  const [old, now] = [SOURCE.split('\n'), after.split('\n')];
  return { gone: old.filter((line) => !now.includes(line)), added: now.filter((line) => !old.includes(line)) };
};
const recordOf = (section: string, index: number): Record<string, unknown> =>
  structuredClone(parse(SOURCE)[section][index]);
const edit = (change: RecordChange, source = SOURCE) => editRecord(source, 'statements', change);
const replace = (index: number, changes: Record<string, unknown>, without: string[] = []) => {
  const record = { ...recordOf('statements', index), ...changes };
  for (const key of without) delete record[key];
  return edit({ kind: 'replace', section: 'statements', index, record });
};

describe('an edited record', () => {
  it('changes only the lines of the values that differ, and keeps comments', () => {
    const after = replace(0, { summary: 'The queen returns.' });

    expect(changedLines(after)).toEqual({
      gone: ['    summary: The king returns.   # by train'],
      added: ['    summary: The queen returns.   # by train'],
    });
  });

  it('has new keys in the order of the format', () => {
    const after = replace(0, { venue: 'the station', modality: 'ASSERTED' });

    expect(after).toContain('    kind: TITLE\n    modality: ASSERTED\n    attribution:');
    expect(after).toContain('speakers: [post] }\n    venue: the station\n    topics:');
    expect(changedLines(after).gone).toEqual([]);
  });

  it('loses the lines of keys that were removed', () => {
    expect(changedLines(replace(1, {}, ['note']))).toEqual({
      gone: ['    note: |', '      Two', '      lines.'],
      added: [],
    });
  });

  it('changes one item of a list and leaves the others', () => {
    const { attribution } = recordOf('statements', 1) as { attribution: { relayChain: object[] } };
    attribution.relayChain[1] = { carrier: 'gazette', medium: 'radio' };
    attribution.relayChain.push({ carrier: 'herald' });

    expect(changedLines(replace(1, { attribution }))).toEqual({
      gone: ['          medium: telegram'],
      added: ['          medium: radio', '        - { carrier: herald }'],
    });
  });

  it('may lose an item from the middle of a list', () => {
    const { attribution } = recordOf('statements', 1) as { attribution: { relayChain: object[] } };
    attribution.relayChain.shift();
    const after = replace(1, { attribution });

    expect(changedLines(after)).toEqual({ gone: ['        - { carrier: post, medium: letter }'], added: [] });
  });

  it('is written in a style that cannot be edited: an error, and nothing else', () => {
    const alias = 'statements:\n  - &first { id: S01 }\n  - *first\n';

    expect(() => edit({ kind: 'replace', section: 'statements', index: 1, record: { id: 'S02' } }, alias)).toThrow(
      'edit the file by hand',
    );
    expect(() => edit({ kind: 'remove', section: 'statements', index: 0 }, 'statements: [')).toThrow('YAML errors');
    expect(() => edit({ kind: 'remove', section: 'statements', index: 7 })).toThrow('statements[7] does not exist');
  });
});

describe('a record in flow style', () => {
  const FLOW = `statements:
  # The headline.
  - { id: S01, kind: TITLE,   topics: [king, throne], saidOn: { edtf: "2031-04-09" } } # by train
  - {
      id: S02, # the second
      # What kind.
      kind: CLAIM,
      attribution: { status: EXPLICIT, speakers: [duke] },
      passages: [
        { at: [20, 30], digest: "00000000000000bb" }, # words
        { at: [40, 50], digest: "00000000000000cc" }
      ]
    }
`;
  const change = (index: number, changes: Record<string, unknown>, without: string[] = []) => {
    const record = { ...parse(FLOW).statements[index], ...changes };
    for (const key of without) delete record[key];
    const after = edit({ kind: 'replace', section: 'statements', index, record }, FLOW);
    expect(parse(after).statements[index]).toEqual(record);
    const [old, now] = [FLOW.split('\n'), after.split('\n')];
    return { gone: old.filter((line) => !now.includes(line)), added: now.filter((line) => !old.includes(line)) };
  };

  it('on one line changes only where its values differ, with the spacing and comments of the rest', () => {
    expect(
      change(0, { kind: 'CLAIM', topics: ['king', 'crown', 'throne'], modality: 'ASSERTED' }, ['saidOn']).added,
    ).toEqual(['  - { id: S01, kind: CLAIM, modality: ASSERTED,   topics: [king, crown, throne] } # by train']);
  });

  it('on several lines keeps its lines and comments', () => {
    expect(change(1, { summary: 'The duke objects.', kind: 'PLAN' }, ['attribution'])).toEqual({
      gone: ['      kind: CLAIM,', '      attribution: { status: EXPLICIT, speakers: [duke] },'],
      added: ['      summary: The duke objects.,', '      kind: PLAN,'],
    });
  });

  it('may get and lose items of lists', () => {
    const third = { at: [60, 70], digest: '00000000000000dd' };
    const { passages } = parse(FLOW).statements[1];

    expect(change(1, { passages: [...passages, third] })).toEqual({
      gone: ['        { at: [40, 50], digest: "00000000000000cc" }'],
      added: [
        '        { at: [40, 50], digest: "00000000000000cc" },',
        '        { at: [60, 70], digest: "00000000000000dd" }',
      ],
    });
    expect(change(1, { passages: [passages[1]] })).toEqual({
      gone: ['        { at: [20, 30], digest: "00000000000000bb" }, # words'],
      added: [],
    });
  });

  it('becomes a block if its line would be too long', () => {
    const summary = 'A summary that is longer than what fits into the line that the record is written on, by a bit';

    expect(change(0, { summary }).added).toContain(`    summary: ${summary}`);
  });

  it('may be in a section or a file in flow style', () => {
    for (const source of [
      'statements: [{ id: S01 }, { id: S02 }]\n',
      '{ "statements": [\n  { "id": "S01" },\n  { "id": "S02" }\n] }\n',
    ]) {
      const section = 'statements';
      const inserted = edit({ kind: 'insert', section, index: 1, record: S03 }, source);
      expect(parse(inserted).statements).toEqual([{ id: 'S01' }, S03, { id: 'S02' }]);
      expect(edit({ kind: 'remove', section, index: 1 }, inserted)).toBe(source);
      expect(parse(edit({ kind: 'replace', section, index: 0, record: { id: 'S04' } }, source)).statements[0].id).toBe(
        'S04',
      );
      expect(parse(edit({ kind: 'insert', section: 'works', index: 0, record: { id: 'W01' } }, source)).works).toEqual([
        { id: 'W01' },
      ]);
    }
  });

  it('has the content that was wanted, and all comments, whatever is changed', () => {
    const PLAIN = { noNullPrototype: true };
    const value = fc.oneof(
      fc.constantFrom('king', 'a: b', '# x', '', '{', 7, true, null),
      fc.array(fc.constantFrom('duke', 'count', 'king, "q"'), { maxLength: 3 }),
      fc.record({ edtf: fc.constantFrom('1901', '../1902'), basis: fc.constant('STATED') }, PLAIN),
      fc.array(fc.record({ at: fc.constant([1, 2]), digest: fc.constantFrom('00000000000000aa', 'b') }, PLAIN), {
        maxLength: 2,
      }),
    );
    const record = fc
      .dictionary(fc.constantFrom('summary', 'kind', 'topics', 'saidOn', 'passages', 'note'), value, PLAIN)
      .map((rest) => ({ id: 'S01', ...rest }));
    const layouts = {
      line: (fields: string[]) => `{ ${fields.join(', ')} }`,
      lines: (fields: string[]) => `{\n      ${fields.join(',\n      ')}\n    }`,
      commented: (fields: string[]) =>
        `{ # c0\n      ${fields.map((field, at) => `${field}, # c${at + 1}`).join('\n      ')}\n    }`,
    };
    fc.assert(
      fc.property(record, record, fc.constantFrom(...Object.values(layouts)), (before, after, layout) => {
        const fields = Object.entries(before).map(([key, item]) => `${key}: ${JSON.stringify(item)}`);
        const source = `statements:\n  # top\n  - ${layout(fields)}\n\n  - { id: S02 } # last\n`;

        const edited = edit({ kind: 'replace', section: 'statements', index: 0, record: after }, source);

        expect(parse(edited).statements).toEqual([after, { id: 'S02' }]);
        expect(edited).toContain('# top');
        expect(edited).toContain('- { id: S02 } # last');
        if (layout === layouts.commented) expect(edited).toContain('# c0');
      }),
    );
  });
});

const S03 = {
  passages: [{ digest: '00000000000000cc', at: [12, 14] }],
  summary: 'A new claim: with a colon',
  id: 'S03',
  attribution: { speakers: ['duke'], status: 'EXPLICIT' },
  saidOn: { basis: 'STATED', edtf: '2031-04-09' },
};

describe('a new record', () => {
  it('is one block between the others, in the order of the format, with quotes where they are needed', () => {
    const after = edit({ kind: 'insert', section: 'statements', index: 1, record: S03 });

    expect(after.replace(SOURCE.slice(0, SOURCE.indexOf('\n  - id: S02')), '')).toMatch(/^\n {2}- id: S03\n/);
    expect(after).toContain(`
  - id: S03
    summary: "A new claim: with a colon"
    attribution: { status: EXPLICIT, speakers: [duke] }
    saidOn: { edtf: "2031-04-09", basis: STATED }
    passages:
      - { at: [12, 14], digest: "00000000000000cc" }

  - id: S02
`);
    expect(changedLines(after).gone).toEqual([]);
  });

  it('may be the first or the last of its section, of its file, or in a new section', () => {
    for (const [source, section, index] of [
      [SOURCE, 'statements', 0],
      [SOURCE, 'statements', 2],
      [SOURCE, 'quotations', 0],
      [SOURCE, 'tensions', 0],
      ['', 'statements', 0],
      ['statements: []\n', 'statements', 0],
      ['statements:\n', 'statements', 0],
      ['# Empty.\n', 'statements', 0],
    ] as const) {
      const after = edit({ kind: 'insert', section, index, record: S03 }, source);

      expect(parse(after)[section][index]).toEqual(S03);
      expect(after.endsWith('\n')).toBe(true);
    }
    expect(edit({ kind: 'insert', section: 'quotations', index: 0, record: { id: 'Q01' } })).toContain(
      '"00000000000000bb" }\n\nquotations:\n  - id: Q01\n\n# The works.\nworks:',
    );
  });
});

describe('a removed record', () => {
  it('takes its comment and one empty line with it', () => {
    const after = edit({ kind: 'remove', section: 'statements', index: 0 });

    expect(after).toBe(SOURCE.replace(/ {2}# The headline\.[\s\S]*?(?= {2}- id: S02)/, ''));
  });

  it('leaves an empty section if it was the last one, also with a comment', () => {
    const commented = 'works:\n  # From a note.\n  - id: W01\n    kind: ARTICLE\n';

    expect(edit({ kind: 'remove', section: 'works', index: 0 }, commented)).toBe('works: []\n');
    expect(edit({ kind: 'remove', section: 'works', index: 0 })).toBe(SOURCE.replace(/works:[\s\S]*/, 'works: []\n'));
    expect(edit({ kind: 'remove', section: 'statements', index: 1 })).toContain('title\n\n# The works.');
  });
});

describe('any text', () => {
  it('is read back as it was written, by both parsers, whatever is in it', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }).filter((text) => !/\p{Cs}/u.test(text)),
      fc
        .array(
          fc.constantFrom(
            '#',
            ' ',
            ': ',
            '---',
            '\n',
            '"',
            "'",
            '- ',
            '{',
            '[',
            '&a',
            '*a',
            '!t',
            '|',
            '>',
            '%',
            '@',
            '2031-04-09',
            'null',
            '~',
            '0x1',
            '1e3',
            '<<',
            '\u2028',
            '\u0085',
            '\t',
            'é',
            '한',
          ),
          { maxLength: 6 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, hostile, (summary, speaker) => {
        const record = { id: 'S09', summary, attribution: { status: 'EXPLICIT', speakers: [speaker] } };
        const after = edit({ kind: 'insert', section: 'statements', index: 1, record });

        expect(parse(after).statements[1]).toEqual(record);
        const quick = quickYaml(after);
        if (quick) expect((quick.content as { statements: unknown[] }).statements[1]).toEqual(record);
        expect(edit({ kind: 'remove', section: 'statements', index: 1 }, after)).toBe(SOURCE);
      }),
    );
  });
});
