/**
 * Ids name their type by the part before the first colon, so that a reference never needs a look-up.
 * Clients take them as opaque; only the subgraphs read them.
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

/** The type that an id names; `null` where it names none. That the thing exists is not said. */
export function typeOfId(id: string): NodeType | null {
  const colon = id.indexOf(':');
  if (colon < 1 || colon === id.length - 1) return null;
  const prefix = id.slice(0, colon);
  return Object.hasOwn(TYPE_OF_PREFIX, prefix) ? TYPE_OF_PREFIX[prefix as keyof typeof TYPE_OF_PREFIX] : null;
}

/** The actor type that an id names; `null` for anything that is no actor's id. */
export function actorTypeOfId(id: string): ActorType | null {
  const type = typeOfId(id);
  return (ACTOR_TYPES as readonly (string | null)[]).includes(type) ? (type as ActorType) : null;
}
