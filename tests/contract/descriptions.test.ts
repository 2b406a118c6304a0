import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { readSupergraph } from '@dossier/execution/supergraph';
import { supergraphFile } from '@dossier/gateway';
import {
  buildSchema,
  concatAST,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '../support/services.js';

/** A shorter description adds nothing to the name. */
const MIN_LENGTH = 10;

type Described = { description?: string | null | undefined };

/** Coordinates of elements without a useful description. */
function undescribed(schema: GraphQLSchema): string[] {
  const found: string[] = [];
  const check = (coordinate: string, { description }: Described) => {
    if ((description ?? '').trim().length < MIN_LENGTH) found.push(coordinate);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (
      type.name.startsWith('_') ||
      ['Int', 'Float', 'String', 'Boolean', 'ID'].includes(type.name) ||
      type.name.includes('__')
    )
      continue;
    check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        if (field.name.startsWith('_')) continue;
        check(`${type.name}.${field.name}`, field);
        for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name}:)`, argument);
      }
    }
  }
  return found;
}

describe('every type, field, argument and enum value', () => {
  it('has a description in the composed graph', () => {
    const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));
    expect(undescribed(apiSchema)).toEqual([]);
  });

  it.each(Object.keys(SERVICES) as (keyof typeof SERVICES)[])('has a description in the SDL of %s', (name) => {
    expect(undescribed(buildSubgraphSchema([{ typeDefs: concatAST(SERVICES[name].definition.typeDefs) }]))).toEqual([]);
  });

  it('is reported if it has none', () => {
    const schema = buildSchema(
      'type Query { castle(of: ID): Castle } "A place that is fortified." type Castle { "Rooms that have a door." rooms: Int name: String }',
    );
    expect(undescribed(schema)).toEqual(['Query', 'Query.castle', 'Query.castle(of:)', 'Castle.name']);
  });
});
