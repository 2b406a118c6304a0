import {
  type DateFragment,
  dateKey,
  type EventStatus,
  type StatementLineFragment,
  type TimelineEventFragment,
} from '@dossier/client';

type EventOf = TimelineEventFragment;

/** A row of the timeline: an event, or all statements with the same date. */
export type Row = { key: string; date: DateFragment } & ({ event: EventOf } | { statements: StatementLineFragment[] });

export interface RowChoice {
  events: readonly EventOf[];
  statements: readonly StatementLineFragment[];
  status: EventStatus | null;
}

/** Events and statements in chronological order. Statements with the same date share a row, because forty equal bars say no more than one. */
export function rowsOf({ events, statements, status }: RowChoice): Row[] {
  const bySpan = new Map<string, StatementLineFragment[]>();
  for (const statement of statements) {
    const key = `${statement.saidOn.edtf} ${statement.saidOn.basis}`;
    bySpan.set(key, [...(bySpan.get(key) ?? []), statement]);
  }
  const rows: Row[] = [
    ...events
      .filter((event) => status === null || event.status === status)
      .map((event) => ({ key: event.id, date: event.date, event })),
    ...[...bySpan].flatMap(([key, group]) => (group[0] ? [{ key, date: group[0].saidOn, statements: group }] : [])),
  ];
  return rows.sort((a, b) => (dateKey(a.date, a.key) < dateKey(b.date, b.key) ? -1 : 1));
}
