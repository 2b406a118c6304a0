import {
  attributionStatusValues,
  confidenceValues,
  modalityValues,
  provisionRelationValues,
  type ReaderFacetsQuery,
  type StatementFilter,
  statementKindValues,
  statementRelationTypeValues,
} from '@dossier/client';
import { type MessageKey, t } from '../../messages/messages.js';
import { enumText, STATUSES, shortId, statusText, topicText } from '../../parts/labels.js';

type Facets = NonNullable<ReaderFacetsQuery['statements']>['facets'];
type Params = Readonly<Record<string, string>>;

/** A value that can be chosen, and how many statements have it; null if that is not known. */
export interface Choice {
  value: string;
  label: string;
  count: number | null;
}

/** A filter of the list with the values that can be chosen. */
interface FilterField {
  /** Whether it is shown at first; the others are in details, and their values are loaded when these are opened. */
  isFirst?: true;
  /** Its parameter in the address. */
  param: string;
  title: MessageKey;
  choices: (facets: Facets) => Choice[];
  /** The label of a chosen value that has no count. */
  label: (value: string) => string;
}

const enumChoices =
  (field: 'kinds' | 'modalities' | 'statementRelations' | 'provisionRelations' | 'confidences') =>
  (facets: Facets): Choice[] =>
    (facets[field] ?? []).map(({ value, statementCount }) => ({
      value,
      label: enumText(value),
      count: statementCount,
    }));

const actorChoices =
  (field: 'speakers' | 'carriers') =>
  (facets: Facets): Choice[] =>
    (facets[field] ?? []).map(({ id, actor, statementCount }) => ({
      value: id,
      label: actor?.name ?? shortId(id),
      count: statementCount,
    }));

function statusLabel(value: string): string {
  const status = STATUSES.find((each) => each === value);
  return status ? statusText(status) : value;
}

/** The filters, in the order of the form. */
export const FILTERS: readonly FilterField[] = [
  {
    isFirst: true,
    param: 'status',
    title: 'filter.status',
    choices: ({ attributions }) =>
      attributions.map(({ value, statementCount }) => ({ value, label: statusLabel(value), count: statementCount })),
    label: statusLabel,
  },
  {
    isFirst: true,
    param: 'topic',
    title: 'filter.topic',
    choices: ({ topics }) =>
      topics.map(({ topic, statementCount }) => ({ value: topic, label: topicText(topic), count: statementCount })),
    label: topicText,
  },
  { param: 'speaker', title: 'filter.speaker', choices: actorChoices('speakers'), label: shortId },
  { param: 'carrier', title: 'filter.carrier', choices: actorChoices('carriers'), label: shortId },
  {
    param: 'document',
    title: 'filter.document',
    choices: ({ documents }) =>
      (documents ?? []).map(({ document: { id, title }, statementCount }) => ({
        value: id,
        label: title,
        count: statementCount,
      })),
    label: shortId,
  },
  { param: 'kind', title: 'filter.kind', choices: enumChoices('kinds'), label: enumText },
  { param: 'modality', title: 'filter.modality', choices: enumChoices('modalities'), label: enumText },
  { param: 'relation', title: 'filter.statementRelation', choices: enumChoices('statementRelations'), label: enumText },
  { param: 'sanctions', title: 'filter.relation', choices: enumChoices('provisionRelations'), label: enumText },
  { param: 'confidence', title: 'filter.confidence', choices: enumChoices('confidences'), label: enumText },
];

/**
 * Filters by the values of an enum, by their parameter: the field of the filter, and the values, so that another in an address is ignored
 * instead of refused by the graph.
 */
const ENUMS = {
  status: { field: 'attribution', values: attributionStatusValues },
  kind: { field: 'kind', values: statementKindValues },
  modality: { field: 'modality', values: modalityValues },
  relation: { field: 'statementRelation', values: statementRelationTypeValues },
  sanctions: { field: 'provisionRelation', values: provisionRelationValues },
  confidence: { field: 'confidence', values: confidenceValues },
} as const satisfies Record<string, { field: keyof StatementFilter; values: readonly string[] }>;

/** The values of a parameter that can be valid. */
export function valuesOf(params: Params, param: string): string[] {
  const text = params[param];
  if (!text) return [];
  const known: readonly string[] | undefined = Object.hasOwn(ENUMS, param)
    ? ENUMS[param as keyof typeof ENUMS].values
    : undefined;
  return known ? text.split(',').filter((value) => known.includes(value)) : [text];
}

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** The filter in an address; null without any. Values that cannot be valid are ignored. */
export function filterOf(params: Params): StatementFilter | null {
  const enums = Object.entries(ENUMS).flatMap(([param, { field }]) => {
    const values = valuesOf(params, param);
    return values.length > 0 ? [[field, values] as const] : [];
  });
  const { words, topic, speaker, carrier, document, from, until } = params;
  // An interval that ends before it begins is refused.
  const isReversed = isDay(from) && isDay(until) && from > until;
  const filter = {
    ...(words && { search: words }),
    ...(topic && { topic: [topic] }),
    ...(speaker && { speaker }),
    ...(carrier && { carrier }),
    ...(document && { document }),
    ...(isDay(from) && { from }),
    ...(isDay(until) && !isReversed && { until }),
    ...Object.fromEntries(enums),
  } as StatementFilter;
  return Object.keys(filter).length > 0 ? filter : null;
}

/** The filters that an address sets, to be shown and removed one by one. */
export function chosenFilters(params: Params, facets: Facets | null): { param: string; name: string; value: string }[] {
  const fields = FILTERS.flatMap(({ param, title, choices, label }) => {
    const values = valuesOf(params, param);
    if (values.length === 0) return [];
    const known = facets ? choices(facets) : [];
    const labelOf = (value: string): string => known.find((choice) => choice.value === value)?.label ?? label(value);
    return [{ param, name: t(title as 'filter.topic'), value: values.map(labelOf).join(', ') }];
  });
  const days = (['from', 'until'] as const).flatMap((param) =>
    isDay(params[param]) ? [{ param, name: t(`filter.${param}`), value: params[param] as string }] : [],
  );
  const words = params['words'] ? [{ param: 'words', name: t('filter.words'), value: params['words'] }] : [];
  return [...words, ...fields, ...days];
}
