import type { ReaderActorQuery, ReaderPlaceQuery } from '@dossier/client';
import { type Columns, citationIds, list, referenceTexts } from './csv.js';

type ActorOf = NonNullable<ReaderActorQuery['actor']>;
type PlaceOf = NonNullable<ReaderPlaceQuery['place']>;

/** One thing that the page of an actor or a place says about it. */
interface Fact {
  fact:
    | 'NAME'
    | 'ALIAS'
    | 'IDENTIFIER'
    | 'OFFICE'
    | 'OFFICER'
    | 'AFFILIATION'
    | 'KIN'
    | 'RECOGNISED_BY'
    | 'LISTING'
    | 'TARGETED_BY'
    | 'PART_OF';
  /** A name, a title, a relation, or what was imposed. */
  value: string | null;
  /** The record that says it, if it has an id of its own. */
  recordId?: string | undefined;
  other?: { id: string; name: string } | null | undefined;
  from?: string | null;
  until?: string | null;
  basis?: string;
  note?: string | null;
  citations?: readonly { id: string }[];
  references?: readonly { title: string; url: string | null }[];
}

type Row = Fact & { id: string };

const namesOf = ({ name, basis, note, description, references, aliases, identifiers }: ActorOf | PlaceOf) => [
  {
    fact: 'NAME' as const,
    value: name,
    basis,
    note: [description, note].filter(Boolean).join('; '),
    references,
  },
  ...aliases
    .filter(({ text }) => text !== name)
    .map((alias) => ({
      fact: 'ALIAS' as const,
      value: alias.text,
      basis: alias.basis,
      note: [alias.lang, alias.caution].filter(Boolean).join('; '),
      references: alias.references,
    })),
  ...identifiers.map(({ scheme, value, url }) => ({
    fact: 'IDENTIFIER' as const,
    value: `${scheme} ${value}`,
    note: url,
  })),
];

const affiliationsOf = ({ affiliations }: ActorOf | PlaceOf) =>
  affiliations.map(({ to, basis, note }) => ({ fact: 'AFFILIATION' as const, value: null, other: to, basis, note }));

/** What the page of an actor says about it, apart from its lists of records. */
export function factsOfActor(actor: ActorOf): Row[] {
  const offices = 'offices' in actor ? actor.offices : 'officers' in actor ? actor.officers : [];
  const isOwn = 'offices' in actor;
  const facts: Fact[] = [
    ...namesOf(actor),
    ...offices.map(({ id, title, holder, organization, asOf, basis, note, citations, references }) => ({
      fact: isOwn ? ('OFFICE' as const) : ('OFFICER' as const),
      value: title,
      recordId: id,
      other: isOwn ? organization : holder,
      from: asOf?.edtf ?? null,
      until: asOf?.edtf ?? null,
      basis,
      note,
      citations,
      references,
    })),
    ...affiliationsOf(actor),
    ...('kin' in actor ? actor.kin : []).map(({ relation, basis, person }) => ({
      fact: 'KIN' as const,
      value: relation,
      other: person,
      basis,
    })),
    ...('recognisedBy' in actor ? actor.recognisedBy : []).map(({ by, event }) => ({
      fact: 'RECOGNISED_BY' as const,
      value: event.label,
      recordId: event.id,
      other: by,
    })),
    ...(actor.designations ?? []).map(
      ({ id, regime, instrument, listed, delisted, measures, basis, citations, references }) => ({
        fact: 'LISTING' as const,
        value: list(measures),
        recordId: id,
        other: regime,
        from: listed.edtf,
        until: delisted?.edtf ?? null,
        basis,
        note: instrument?.symbol ?? null,
        citations,
        references,
      }),
    ),
    ...(actor.targetedBy ?? []).map((regime) => ({ fact: 'TARGETED_BY' as const, value: null, other: regime })),
  ];
  return facts.map((fact) => ({ id: actor.id, ...fact }));
}

/** The same of a place. */
export const factsOfPlace = (place: PlaceOf): Row[] =>
  [
    ...namesOf(place),
    ...(place.within ? [{ fact: 'PART_OF' as const, value: null, other: place.within }] : []),
    ...affiliationsOf(place),
  ].map((fact) => ({ id: place.id, ...fact }));

export const factColumns: Columns<Row> = {
  id: ({ id }) => id,
  fact: ({ fact }) => fact,
  value: ({ value }) => value,
  record_id: ({ recordId }) => recordId,
  other: ({ other }) => other?.name,
  other_id: ({ other }) => other?.id,
  from: ({ from }) => from,
  until: ({ until }) => until,
  basis: ({ basis }) => basis,
  note: ({ note }) => note,
  citations: ({ citations }) => citationIds(citations),
  references: ({ references }) => referenceTexts(references),
};
