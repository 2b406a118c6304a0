import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { directivesNamed, stringArgumentOf } from './joinDirectives.js';

/**
 * Selects the `@override` labels that apply to one request. `random` is from 0 to 1. One random number decides all
 * labels: a request in the first 10 percent is also in the first 20.
 */
export type SelectOverrides = (random?: number) => readonly string[];

/** The percentage of a label of the form `percent(25)`, 0 to 100; null for any other label. */
export function percentageOf(label: string): number | null {
  const text = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/.exec(label)?.[1];
  const percentage = Number(text);
  return text === undefined || percentage > 100 ? null : percentage;
}

/**
 * Progressive `@override` for the labels of a supergraph:
 * https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/entities/migrate-fields
 */
export function overrideSelector(supergraph: GraphQLSchema): SelectOverrides {
  const labels = [...overrideLabels(supergraph)]
    .map((label) => ({ label, share: (percentageOf(label) ?? 0) / 100 }))
    .sort((a, b) => a.share - b.share);
  const select = (random: number): readonly string[] =>
    labels.filter(({ share }) => random < share).map(({ label }) => label);
  const isConstant = labels.every(({ share }) => share === 0 || share === 1);
  if (!isConstant) return (random = Math.random()) => select(random);
  const constant = select(0);
  return () => constant;
}

function overrideLabels(supergraph: GraphQLSchema): Set<string> {
  const labels = new Set<string>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { astNode } of Object.values(type.getFields()))
      for (const join of directivesNamed(astNode?.directives, 'join__field')) {
        const label = stringArgumentOf(join, 'overrideLabel');
        if (label !== undefined) labels.add(label);
      }
  }
  return labels;
}
