import { describe, expect, it } from 'vitest';
import { passage, type Yaml } from '../testing/ruritania.js';
import { changed, problemsAfter, readContents } from '../testing/seedFolder.js';

const TRADE = 'ruritania-1/trade';
const [F01, F02, F03, D01, D02, D03] = [0, 1, 2, 3, 4, 5].map((index) => `figures[${index}]`) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

const refused = (changes: Record<string, Yaml | undefined>): string[] =>
  problemsAfter({ [TRADE]: changes }).map((problem) => problem.replace(`${TRADE}.yaml `, ''));

describe('a value whose words have no number', () => {
  const worded = {
    'numbers[0].at': passage('carts').at,
    'numbers[0].digest': passage('carts').digest,
    'numbers[0].statement': 'S01',
  };
  const read = (text?: null) =>
    readContents(changed({ 'ruritania-1/statements': worded }), text === undefined ? {} : { text });

  it('is noted, and is not a problem', () => {
    const { problems, notes } = read();

    expect(problems).toEqual([]);
    expect(notes).toEqual([
      expect.objectContaining({
        file: 'ruritania-1/statements.yaml',
        path: 'numbers[0].value',
        message: '25 was not compared with the passage, in which no number was recognised.',
      }),
    ]);
  });

  it('is not noted without the text', () => {
    expect(read(null).notes).toEqual([]);
  });
});

describe('a quantity', () => {
  it.each(['12.5 million', '1e7', '1,5', '01', '+1', 'NaN', '.5', ''])(
    'is rejected if it is not a decimal: %j',
    (value) => {
      expect(refused({ [`${F01}.value`]: value })).toContainEqual(
        expect.stringContaining(
          `${F01}.value: "${value}" is not a decimal; expected digits with at most one point, e.g. 42740000 or -10.77.`,
        ),
      );
    },
  );

  it('is reported once, not again for every figure derived from it', () => {
    expect(refused({ [`${F01}.value`]: '12.5 million' })).toHaveLength(1);
  });

  it.each<[claim: string, changes: Record<string, Yaml>, problem: string]>([
    [
      'if its bounds are reversed',
      { [`${F02}.lowerBound`]: '26' },
      `${F02}.lowerBound: 26 is above the upper bound 25.5; expected a lower bound of at most the upper bound. | lowerBound: "26"`,
    ],
    [
      'outside its bounds',
      { [`${F02}.value`]: '30' },
      `${F02}.value: 30 is outside its bounds; expected a value between them. | value: "30"`,
    ],
    [
      'if its qualifier excludes one',
      { [`${F03}.value`]: '0' },
      `${F03}.value: a value with the qualifier VIRTUALLY_NIL; expected none, because this qualifier means that there is no number. | value: "0"`,
    ],
    [
      'if it is UNQUANTIFIED',
      { [`${F03}.qualifier`]: 'UNQUANTIFIED', [`${F03}.value`]: '3' },
      `${F03}.value: a value with the qualifier UNQUANTIFIED; expected none, because this qualifier means that there is no number. | value: "3"`,
    ],
    [
      'if it is NOT_COMPUTABLE',
      { [`${D03}.value`]: '3' },
      `${D03}.value: a value with the qualifier NOT_COMPUTABLE; expected none, because this qualifier means that there is no number. | value: "3"`,
    ],
    [
      'if it is OVER without a lower bound',
      { [`${F02}.qualifier`]: 'OVER', [`${F02}.lowerBound`]: null },
      `${F02}.lowerBound: the qualifier OVER without a lower bound; expected one. | lowerBound: null`,
    ],
  ])('is rejected %s', (_, changes, problem) => {
    expect(refused(changes)).toContain(problem);
  });

  it('is rejected if its qualifier requires a value and there is none', () => {
    expect(refused({ [`${F03}.qualifier`]: 'EXACT' })).toEqual([
      `${F03}.value: no value with the qualifier EXACT; expected a decimal. | - id: F03`,
    ]);
  });
});

describe('a unit', () => {
  it.each<[claim: string, figure: string, unit: string | undefined, message: string]>([
    ['of no list', F01, 'crowns', '"crowns" is not a unit of the format; expected an ISO 4217 code such as USD'],
    ['of weight', F01, 'kilograms', '"kilograms" is not a unit of the format; expected an ISO 4217 code such as USD'],
    ['of another measure', F01, 'percent', '"percent" does not fit; expected an ISO 4217 code such as USD'],
    ['of money for a share', F02, 'USD', '"USD" does not fit; expected "percent"'],
    ['that is missing', F01, undefined, 'a value without a unit; expected an ISO 4217 code such as USD'],
  ])('%s is rejected, once for all figures derived from it', (_, figure, unit, message) => {
    const measure = figure === F01 ? 'TRADE_VALUE' : 'PERCENT_CHANGE';

    expect(refused({ [`${figure}.unit`]: unit })).toEqual([
      expect.stringContaining(`${figure}.unit: ${message} for the measure ${measure}. | `),
    ]);
  });

  it('may be a withdrawn currency', () => {
    expect(refused({ [`${F01}.unit`]: 'SUR', [`${D01}.unit`]: 'SUR', [`${D02}.unit`]: 'SUR' })).toEqual([]);
  });
});

describe('a formula', () => {
  it.each<[claim: string, changes: Record<string, Yaml | undefined>, problem: string]>([
    [
      'may not subtract a number from money',
      { [`${D02}.derivation`]: { formula: 'F01 - F02', inputs: ['F01', 'F02'], rounding: 'DOWN' } },
      `${D02}.derivation.formula: "F01 - F02" subtracts a number from SEK; expected terms of one unit.`,
    ],
    [
      'may not subtract one currency from another',
      {
        [`${D01}.unit`]: undefined,
        [`${D01}.value`]: undefined,
        [`${D01}.qualifier`]: 'NOT_COMPUTABLE',
        [`${D01}.lowerBound`]: undefined,
        [`${D01}.upperBound`]: undefined,
        [`${D01}.derivation`]: { formula: 'not computable', inputs: ['F01'] },
        [`${F02}.measure`]: 'TRADE_VALUE',
        [`${F02}.unit`]: 'EUR',
        [`${D02}.derivation`]: { formula: 'F01 - F02', inputs: ['F01', 'F02'], rounding: 'DOWN' },
      },
      `${D02}.derivation.formula: "F01 - F02" subtracts EUR from SEK; expected terms of one unit.`,
    ],
    [
      'may not give another unit than that of the figure',
      { [`${D02}.derivation`]: { formula: 'F01 / D01', inputs: ['F01', 'D01'], rounding: 'DOWN' } },
      `${D02}.derivation.formula: the formula gives a number, but the unit is SEK; expected a formula that gives SEK.`,
    ],
  ])('%s', (_, changes, problem) => {
    expect(refused(changes)).toContainEqual(expect.stringContaining(problem));
  });

  it('refers in full to figures of other documents, next to its own of the same number', () => {
    const other = {
      id: 'F01',
      measure: 'RATIO',
      flow: 'TURNOVER',
      period: { edtf: '1900', basis: 'BACKGROUND' },
      value: '2',
      unit: 'ratio',
      qualifier: 'EXACT',
      references: [{ title: 'General knowledge' }],
    };
    const product = (formula: string, inputs: string[]) =>
      problemsAfter(
        {
          [TRADE]: {
            [`${D02}.derivation`]: { formula, inputs, rounding: 'HALF_EVEN' },
            [`${D02}.value`]: '25000000',
            [`${D02}.lowerBound`]: '24900000',
            [`${D02}.upperBound`]: '25100000',
          },
        },
        { raw: { 'register/trade.yaml': JSON.stringify({ figures: [other] }) } },
      );

    expect(product('F01 * register/F01', ['F01', 'register/F01'])).toEqual([]);
    expect(product('F01 * F02', ['F01', 'register/F01'])).toEqual([
      expect.stringContaining(
        'the formula names F01, F02 but the inputs are F01, register/F01; expected the same figures.',
      ),
    ]);
  });
});

describe('a derived figure', () => {
  it.each<[claim: string, path: string, value: string | undefined, expected: string]>([
    [
      'another value',
      `${D01}.value`,
      '10000001',
      '10000001 is not the result of "F01 / (1 + F02 / 100)"; expected 10000000. | value: "10000001"',
    ],
    [
      'too narrow a lower bound',
      `${D01}.lowerBound`,
      '9920319',
      '9920319 is not the result of "F01 / (1 + F02 / 100)"; expected 9920318. | lowerBound: "9920319"',
    ],
    [
      'too narrow an upper bound',
      `${D01}.upperBound`,
      '10080321',
      '10080321 is not the result of "F01 / (1 + F02 / 100)"; expected 10080322. | upperBound: "10080321"',
    ],
    [
      'a missing bound',
      `${D01}.upperBound`,
      undefined,
      'nothing is not the result of "F01 / (1 + F02 / 100)"; expected 10080322. | - id: D01',
    ],
    [
      'bounds as if an input that it has twice varied apart',
      `${D02}.lowerBound`,
      '2369678',
      '2369678 is not the result of "F01 - D01"; expected 2450000. | lowerBound: "2369678"',
    ],
  ])('is rejected with %s', (_, path, value, expected) => {
    expect(refused({ [path]: value })).toEqual([`${path}: ${expected}`]);
  });

  it('is rejected if an input changed and the figure was not recomputed', () => {
    const unquoted = {
      [`${F01}.value`]: '12500001',
      [`${F01}.statedAs`]: undefined,
      [`${F01}.qualifier`]: 'APPROXIMATELY',
    };

    expect(problemsAfter({ [TRADE]: unquoted }, { text: null }).map((problem) => problem.split(':')[0])).toEqual([
      `${TRADE}.yaml ${D01}.value`,
    ]);
  });

  const derived = (
    formula: string,
    inputs: string[],
    value: string,
    bounds: [string | null, string | null],
    rounding = 'HALF_EVEN',
  ): Record<string, Yaml> => ({
    [`${D02}.derivation`]: { formula, inputs, rounding },
    [`${D02}.measure`]: 'RATIO',
    [`${D02}.unit`]: 'ratio',
    [`${D02}.value`]: value,
    [`${D02}.lowerBound`]: bounds[0],
    [`${D02}.upperBound`]: bounds[1],
  });

  it.each<[claim: string, changes: Record<string, Yaml>]>([
    ['to as many decimals as are stored', derived('F02 / 3', ['F02'], '8.333', ['8.16', '8.5'])],
    ['with bounds rounded outward', derived('F02 / 7', ['F02'], '3.6', ['3.5', '3.7'])],
    ['rounded down for the rounding DOWN', derived('F02 / 7', ['F02'], '3.57', ['3.50', '3.65'], 'DOWN')],
    ['half to even', derived('F02 / 2', ['F02'], '12', ['12', '13'])],
    [
      'with the lower bound from the greatest input if it decreases',
      derived('-F02 * 2', ['F02'], '-50', ['-51.0', '-49.0']),
    ],
    ['below zero, downwards', derived('-F02 / 7', ['F02'], '-3.58', ['-3.65', '-3.50'], 'DOWN')],
    ['without a sign if it is rounded to zero', derived('-F02 / 1000', ['F02'], '0', ['-1', '0'])],
    [
      'with numbers, precedence and parentheses',
      derived('2 + 3 * (F02 - 1.5) / 2 - -1', ['F02'], '38.25', ['37.50', '39.00']),
    ],
    [
      'with an open bound if an input has one',
      {
        [`${F02}.lowerBound`]: '25',
        [`${F02}.upperBound`]: null,
        [`${F02}.qualifier`]: 'OVER',
        [`${D01}.lowerBound`]: '0',
        [`${D01}.upperBound`]: '10040000',
        ...derived('F02 * 2', ['F02'], '50', ['50', null]),
      },
    ],
    [
      'from the value of an exact input',
      {
        [`${F02}.upperBound`]: null,
        [`${F02}.lowerBound`]: null,
        [`${D01}.lowerBound`]: '9960000',
        [`${D01}.upperBound`]: '10040000',
        ...derived('F02 * 2', ['F02'], '50', ['50', '50']),
      },
    ],
    [
      'without bounds if a divisor may be zero',
      {
        [`${F02}.qualifier`]: 'APPROXIMATELY',
        [`${F02}.lowerBound`]: '-1',
        [`${D01}.upperBound`]: '12676768',
        ...derived('1 / F02', ['F02'], '0.04', [null, null]),
      },
    ],
    [
      'with an open lower bound if it subtracts an unbounded input',
      {
        [`${F02}.upperBound`]: null,
        [`${D01}.lowerBound`]: '0',
        ...derived('F02 - F02 * 2', ['F02'], '-25', [null, null]),
      },
    ],
  ])('is computed %s', (_, changes) => {
    expect(refused(changes)).toEqual([]);
  });

  it.each<[claim: string, changes: Record<string, Yaml | undefined>, problem: string]>([
    [
      'inputs that its formula does not use',
      { [`${D01}.derivation.inputs`]: ['F01', 'F02', 'F03'] },
      `${D01}.derivation.inputs: the formula names F01, F02 but the inputs are F01, F02, F03; expected the same figures. | - F01`,
    ],
    [
      'a missing input',
      { [`${D01}.derivation.inputs`]: ['F01'] },
      `${D01}.derivation.inputs: the formula names F01, F02 but the inputs are F01; expected the same figures. | - F01`,
    ],
    [
      'no rounding',
      { [`${D01}.derivation.rounding`]: undefined },
      `${D01}.derivation: no rounding; expected HALF_EVEN, or DOWN where the value is a lower bound. | formula: F01 / (1 + F02 / 100)`,
    ],
    [
      'an input without a value',
      { [`${D02}.derivation.formula`]: 'F03 * 2', [`${D02}.derivation.inputs`]: ['F03'] },
      `${D02}.derivation.formula: F03 has no value to compute with; expected the formula "not computable". | formula: F03 * 2`,
    ],
    [
      'a division by zero',
      { [`${D02}.derivation.formula`]: 'F01 / (F02 - 25)', [`${D02}.derivation.inputs`]: ['F01', 'F02'] },
      `${D02}.derivation.formula: the formula divides by zero; expected one that can be computed. | formula: F01 / (F02 - 25)`,
    ],
    [
      'a formula that ends too early',
      { [`${D02}.derivation.formula`]: 'F01 - (D01' },
      `${D02}.derivation.formula: "F01 - (D01" is missing a closing parenthesis; expected one. | formula: F01 - (D01`,
    ],
    [
      'a formula that goes on',
      { [`${D02}.derivation.formula`]: 'F01 D01' },
      `${D02}.derivation.formula: "F01 D01" has unexpected input at "D01"; expected one formula. | formula: F01 D01`,
    ],
    [
      'an unknown operator',
      { [`${D02}.derivation.formula`]: 'F01 ^ D01' },
      `${D02}.derivation.formula: "^ D01" is not valid in the formula "F01 ^ D01"; expected numbers, ids such as F01 or ruritania-1/F01, + - * / and parentheses. | formula: F01 ^ D01`,
    ],
    [
      'an operator without a number',
      { [`${D02}.derivation.formula`]: 'F01 - * D01' },
      `${D02}.derivation.formula: "F01 - * D01" is not a formula; expected numbers and ids of figures joined by + - * / and parentheses. | formula: F01 - * D01`,
    ],
    [
      'a value of what is not computable',
      { [`${D02}.derivation`]: { formula: 'not computable', inputs: ['F01', 'D01'] } },
      `${D02}.value: a value or a bound for a figure that is not computable; expected none. | value: "2500000"`,
    ],
    [
      'another basis',
      { [`${D01}.basis`]: 'ANALYST' },
      `${D01}.basis: ANALYST with a derivation; expected DERIVED if and only if there is one. | basis: ANALYST`,
    ],
    [
      'itself as its input',
      { [`${D03}.derivation.inputs`]: ['D03'] },
      `${D03}.derivation.inputs: D03 is derived from itself; expected inputs that lead to stated figures. | - D03`,
    ],
  ])('is rejected with %s', (_, changes, problem) => {
    expect(refused(changes)).toEqual([problem]);
  });

  it('is rejected if it is derived from itself, for every figure of the cycle', () => {
    expect(
      refused({ [`${D01}.derivation.formula`]: 'F01 - D02', [`${D01}.derivation.inputs`]: ['F01', 'D02'] }).map(
        (problem) => problem.split(';')[0],
      ),
    ).toEqual([
      `${D01}.derivation.inputs: D01 is derived from itself`,
      `${D02}.derivation.inputs: D02 is derived from itself`,
    ]);
  });

  it('is not computed if it depends on a cycle that it is not part of', () => {
    const circle = { [`${D01}.derivation.formula`]: 'F01 - D02', [`${D01}.derivation.inputs`]: ['F01', 'D02'] };
    const behind = {
      id: 'D04',
      measure: 'ABSOLUTE_CHANGE',
      flow: 'TURNOVER',
      period: { edtf: '1900', basis: 'INFERRED' },
      value: '1',
      unit: 'SEK',
      qualifier: 'APPROXIMATELY',
      derivation: { formula: 'D01 * 2', inputs: ['D01'], rounding: 'DOWN' },
    };

    expect(refused({ ...circle, 'figures[6]': behind })).toHaveLength(2);
  });

  it.each([
    [
      'a stated one',
      { [`${F01}.derivation`]: { formula: 'F02', inputs: ['F02'], rounding: 'DOWN' } },
      `${F01}.derivation`,
    ],
    [
      'one without a derivation',
      { [`${D02}.derivation`]: undefined, [`${D02}.basis`]: 'DERIVED', [`${D02}.note`]: 'Somehow.' },
      `${D02}.derivation`,
    ],
  ])('has an id with D, unlike %s', (_, changes, path) => {
    expect(refused(changes)).toContainEqual(
      expect.stringContaining(
        `${path}: the id does not fit; expected F for a stated figure, or D for a figure with a derivation.`,
      ),
    );
  });

  const figure = (id: string, more: Record<string, Yaml>): Yaml => ({
    id,
    measure: 'RATIO',
    flow: 'TURNOVER',
    period: { edtf: '1900', basis: 'INFERRED' },
    unit: 'ratio',
    qualifier: 'APPROXIMATELY',
    ...more,
  });
  const stated = (id: string, bounds: Record<string, Yaml> = {}): Yaml =>
    figure(id, { value: '1', ...bounds, references: [{ title: `Knowledge of ${id}` }], basis: 'BACKGROUND' });
  const result = (id: string, formula: string, inputs: string[]): Yaml =>
    figure(id, {
      value: '1',
      lowerBound: '1',
      upperBound: '1',
      derivation: { formula, inputs, rounding: 'DOWN' },
      note: `${id} is not printed.`,
    });
  const asFigures = (figures: Yaml[]): Record<string, Yaml> =>
    Object.fromEntries(figures.map((each, index) => [`figures[${index + 6}]`, each]));

  it('is computed in linear time from figures that share their inputs', () => {
    const figures = [stated('F11'), result('D10', 'F11', ['F11']), result('D11', 'F11', ['F11'])];
    for (let level = 12; level < 90; level += 2)
      for (const id of [level, level + 1])
        figures.push(
          result(`D${id}`, `D${level - 2} * D${level - 1} * D${level - 2}`, [`D${level - 2}`, `D${level - 1}`]),
        );

    expect(refused(asFigures(figures))).toEqual([]);
  });

  it('is rejected if too many inputs have bounds to try all combinations', () => {
    const ids = Array.from({ length: 60 }, (_, index) => `F${index + 11}`);
    const figures = [
      ...ids.map((id) => stated(id, { lowerBound: '0.5', upperBound: '1.5' })),
      result('D11', ids.join(' * '), ids),
    ];

    expect(refused(asFigures(figures))).toEqual([
      expect.stringContaining(
        'figures[66].derivation.formula: it is derived from 60 inputs with bounds, too many to try all combinations; expected fewer.',
      ),
    ]);
  });

  it('is rejected if it is derived from more than a thousand figures, with or without a cycle', () => {
    const chain = (first: string): Yaml[] =>
      Array.from({ length: 1100 }, (_, index) =>
        result(`D${index + 11}`, index === 0 ? first : `D${index + 10}`, [index === 0 ? first : `D${index + 10}`]),
      );
    const tooMany = (problem: string): boolean =>
      problem.includes('it is derived from more than 1000 figures; expected fewer.');

    expect(refused(asFigures([stated('F11'), ...chain('F11')])).filter((problem) => !tooMany(problem))).toEqual([]);
    expect(refused(asFigures(chain('D1110'))).filter(tooMany)).toHaveLength(1100);
  }, 120_000);

  it.each([
    ['a sum', `F01${' + F01'.repeat(50_000)}`],
    ['parentheses', `${'('.repeat(50_000)}F01`],
    ['signs', `${'-'.repeat(50_000)}F01`],
    ['spaces', `F01${' '.repeat(50_000)}^`],
  ])('is rejected if its formula is too long: %s', (_, formula) => {
    expect(refused({ [`${D02}.derivation.formula`]: formula })).toEqual([
      expect.stringContaining(
        `${D02}.derivation.formula: a formula of ${formula.length} characters; expected at most 1000. | `,
      ),
    ]);
  });

  it.each([
    ['a product', `F01 - D01${' * 1'.repeat(240)}`],
    ['parentheses', `${'('.repeat(490)}F01 - D01${')'.repeat(490)}`],
    ['signs', `${'-'.repeat(990)}F01 - D01`],
  ])('may have a formula of up to a thousand characters: %s', (_, formula) => {
    expect(refused({ [`${D02}.derivation.formula`]: formula })).toEqual([]);
  });

  it('is not computed from a decimal of more than a thousand characters', () => {
    expect(refused({ [`${F01}.value`]: '9'.repeat(500_000) })).toEqual([
      expect.stringContaining(
        `${F01}.value: a text of 500000 characters is not a decimal; expected at most 1000, digits with at most one point. | `,
      ),
    ]);
  });
});
