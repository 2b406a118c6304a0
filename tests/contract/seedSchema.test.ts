import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromWorkspace } from '@dossier/config';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const schema = JSON.parse(readFileSync(fromWorkspace('docs/seed-format.schema.json'), 'utf8'));
const validate: ValidateFunction = new Ajv2020({ strictTuples: false, allowUnionTypes: true }).compile(schema);

const filesIn = (dir: string): string[] =>
  readdirSync(fromWorkspace(dir), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml') && !file.includes('node_modules'))
    .map((file) => join(dir, file));

it.each([...filesIn('seeds'), ...filesIn('examples/seeds')])('the schema for editors accepts %s', (file) => {
  validate(parse(readFileSync(fromWorkspace(file), 'utf8')));

  expect(validate.errors).toBeNull();
});

const caution = { id: 'X01', kind: 'NAMING', explanation: 'Two bridges.' };

it('the schema for editors accepts words in place of a position', () => {
  expect(validate({ cautions: [{ ...caution, passages: [{ words: 'the bridge', occurrence: 2 }] }] })).toBe(true);
  expect(validate({ cautions: [{ ...caution, passages: [{ occurrence: 2 }] }] })).toBe(false);
});

it('the schema for editors rejects unknown fields and values', () => {
  const passages = [{ at: [0, 3], digest: '0'.repeat(16) }];

  expect(validate({ cautions: [{ ...caution, passages }] })).toBe(true);
  expect(validate({ cautions: [{ ...caution, passages, colour: 'red' }] })).toBe(false);
  expect(validate({ cautions: [{ ...caution, passages, kind: 'NAMES' }] })).toBe(false);
});
