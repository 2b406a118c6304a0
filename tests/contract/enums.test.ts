import { readFileSync } from 'node:fs';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import { enums } from '@dossier/seed-format';
import { isEnumType } from 'graphql';
import { expect, it } from 'vitest';

const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));

it.each(Object.entries(enums))('%s has the same values in the seeds as in the schema', (name, { options }) => {
  const type = apiSchema.getType(name);
  expect(
    isEnumType(type) &&
      type
        .getValues()
        .map((value) => value.name)
        .sort(),
  ).toEqual([...options].sort());
});
