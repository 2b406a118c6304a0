/**
 * Types by id prefix, the part of an id before the first colon: resolving the type of a reference needs no lookup.
 * Ids are opaque to clients; only subgraphs parse them.
 */
const TYPE_OF_PREFIX = {
  person: 'Person',
  polity: 'Polity',
  organization: 'Organization',
  outlet: 'MediaOutlet',
  group: 'Group',
  place: 'Place',
  office: 'Office',
  event: 'Event',
  document: 'Document',
  paragraph: 'Paragraph',
  citation: 'Citation',
  statement: 'Statement',
  quotation: 'Quotation',
  tension: 'Tension',
  caution: 'Caution',
  work: 'Work',
  regime: 'Regime',
  instrument: 'Instrument',
  provision: 'Provision',
  link: 'ProvisionLink',
  designation: 'Designation',
  figure: 'TradeFigure',
} as const;

export type NodeType = (typeof TYPE_OF_PREFIX)[keyof typeof TYPE_OF_PREFIX];

export const ACTOR_TYPES = ['Person', 'Polity', 'Organization', 'MediaOutlet', 'Group'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

/** The type in an id's prefix; null if the prefix is unknown. Does not check that the object exists. */
export function typeOfId(id: string): NodeType | null {
  const colon = id.indexOf(':');
  if (colon < 1 || colon === id.length - 1) return null;
  const prefix = id.slice(0, colon);
  return Object.hasOwn(TYPE_OF_PREFIX, prefix) ? TYPE_OF_PREFIX[prefix as keyof typeof TYPE_OF_PREFIX] : null;
}

/** The actor type in an id's prefix; null if it is not the id of an actor. */
export function actorTypeOfId(id: string): ActorType | null {
  const type = typeOfId(id);
  return (ACTOR_TYPES as readonly (string | null)[]).includes(type) ? (type as ActorType) : null;
}
