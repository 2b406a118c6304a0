import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';

/** Draws, for one request, the labels of `@override` that apply to it. One draw decides all labels: where 10 percent apply, so do 20. */
export type DrawOverrides = (random?: number) => readonly string[];

/** The percentage of requests to which a label of the form `percent(25)` applies, 0 to 100; null for any other label. */
export function percentageOf(label: string): number | null {
  const text = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/.exec(label)?.[1];
  const percentage = Number(text);
  return text === undefined || percentage > 100 ? null : percentage;
}

/** How the labels of a supergraph are drawn. */
export function overrideDraw(supergraph: GraphQLSchema): DrawOverrides {
  const labels = [...overrideLabels(supergraph)]
    .map((label) => ({ label, share: (percentageOf(label) ?? 0) / 100 }))
    .sort((a, b) => a.share - b.share);
  const isCertain = labels.every(({ share }) => share === 0 || share === 1);
  const drawn = (random: number): readonly string[] =>
    labels.filter(({ share }) => random < share).map(({ label }) => label);
  if (!isCertain) return (random = Math.random()) => drawn(random);
  const always = drawn(0);
  return () => always;
}

function overrideLabels(supergraph: GraphQLSchema): Set<string> {
  const labels = new Set<string>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { astNode } of Object.values(type.getFields()))
      for (const directive of astNode?.directives ?? []) {
        const value =
          directive.name.value === 'join__field'
            ? directive.arguments?.find(({ name }) => name.value === 'overrideLabel')?.value
            : undefined;
        if (value?.kind === 'StringValue') labels.add(value.value);
      }
  }
  return labels;
}
