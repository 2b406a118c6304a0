import type { FigureTiesFragment, NetworkActorFragment, StatementTiesFragment } from '@dossier/client';

/** A tie between two actors, with the records that show it. */
export interface Tie {
  key: string;
  kind: TieKind;
  from: string;
  to: string;
  /** Statements, events or figures that show it. */
  shownBy: string[];
  /** Whether only statements without a certain speaker show it. */
  isLikely: boolean;
}

export type ActorOf = NetworkActorFragment;

export interface Known {
  actors: readonly ActorOf[];
  statements: readonly StatementTiesFragment[];
  figures: readonly FigureTiesFragment[];
}

export const KINDS = ['spoke', 'relayed', 'recognised', 'traded'] as const;
export type TieKind = (typeof KINDS)[number];

/** All ties, without duplicates. */
export function tiesOf({ actors, statements, figures }: Known): Tie[] {
  const found = new Map<string, Tie>();
  const add = (
    kind: TieKind,
    from: string | undefined,
    to: string | undefined,
    shownBy: string,
    isLikely = false,
  ): void => {
    if (!from || !to || from === to) return;
    const key = `${kind} ${from} ${to}`;
    const tie = found.get(key);
    if (!tie) found.set(key, { key, kind, from, to, shownBy: [shownBy], isLikely });
    else {
      if (!tie.shownBy.includes(shownBy)) tie.shownBy.push(shownBy);
      tie.isLikely &&= isLikely;
    }
  };
  for (const { id, attribution, addresseeIds } of statements) {
    const isLikely = attribution.status === 'INHERITED_UNCERTAIN';
    const speakers = attribution.speakerIds.map((each) => each?.id);
    const carriers = attribution.relayChain.map(({ carrierId }) => carrierId?.id);
    for (const speaker of speakers) {
      for (const addressee of addresseeIds) add('spoke', speaker, addressee?.id, id, isLikely);
      // A hop without a known carrier has no ties, so the chain is interrupted there.
      add('relayed', speaker, carriers[0], id, isLikely);
    }
    for (let hop = 1; hop < carriers.length; hop++) add('relayed', carriers[hop - 1], carriers[hop], id);
  }
  for (const actor of actors) {
    if ('recognisedBy' in actor)
      for (const { by, event } of actor.recognisedBy) add('recognised', by.id, actor.id, event.id);
  }
  for (const { id, reporterId, partnerId } of figures) {
    // Trade has one tie for both directions.
    const [from, to] = [reporterId?.id, partnerId?.id].sort();
    add('traded', from, to, id);
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The names of all actors that occur, by id; null if the name could not be loaded. */
export function namesOf({ actors, statements, figures }: Known): Map<string, string | null> {
  const names = new Map<string, string | null>();
  const note = (id: string | undefined, name: string | undefined): void => {
    if (id !== undefined && !names.get(id)) names.set(id, name ?? null);
  };
  for (const { id, name } of actors) note(id, name);
  for (const { attribution, addressees, addresseeIds } of statements) {
    attribution.speakerIds.forEach((each, index) => void note(each?.id, attribution.speakers[index]?.name));
    addresseeIds.forEach((each, index) => void note(each?.id, addressees[index]?.name));
    for (const { carrier, carrierId } of attribution.relayChain) note(carrierId?.id, carrier?.name);
  }
  for (const { reporter, reporterId, partner, partnerId } of figures) {
    note(reporterId?.id, reporter?.name);
    note(partnerId?.id, partner?.name);
  }
  return names;
}

/**
 * The strongest ties: those between the given actors and their neighbours that share the most records with them, at most `max`
 * actors. Ties between two neighbours are included.
 */
export function strongestTies(ties: readonly Tie[], centres: readonly string[], max: number): Tie[] {
  const weight = new Map<string, number>();
  for (const { from, to, shownBy } of ties) {
    for (const [self, other] of [
      [from, to],
      [to, from],
    ] as const)
      if (centres.includes(self) && !centres.includes(other))
        weight.set(other, (weight.get(other) ?? 0) + shownBy.length);
  }
  const neighbours = [...weight]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, Math.max(0, max - centres.length))
    .map(([id]) => id);
  const kept = new Set([...centres, ...neighbours]);
  return ties.filter(({ from, to }) => kept.has(from) && kept.has(to));
}
