import type { AnswerError } from '@dossier/client';

/** What a reader misses without each service. */
const SERVICE_CONTENTS: Record<string, string> = {
  actors: 'names, places, offices and events',
  statements: 'documents, statements and passages',
  sanctions: 'regimes, provisions and listings',
  trade: 'figures of trade',
};

export interface UnavailableService {
  service: string;
  /** What it would have given, in words. */
  holds: string;
}

const serviceOf = ({ extensions }: AnswerError): string | null =>
  typeof extensions?.['service'] === 'string' ? extensions['service'] : null;

/** The services that gave nothing to some part of an answer, each once. */
export function unavailableServices(errors: readonly AnswerError[]): UnavailableService[] {
  const names = new Set(errors.map((error) => serviceOf(error)).filter((name) => name !== null));
  return [...names].sort().map((service) => ({ service, holds: SERVICE_CONTENTS[service] ?? 'part of the graph' }));
}

/** Errors that name no service: told as they are, once each. */
export const otherErrors = (errors: readonly AnswerError[]): string[] => [
  ...new Set(errors.filter((error) => serviceOf(error) === null).map(({ message }) => message)),
];

/** The service that was to fill this place of an answer, or a place around it; null where nothing was lost there. */
export function failedServiceAt(errors: readonly AnswerError[], ...place: (string | number)[]): string | null {
  const error = errors.find(
    ({ path = [] }) => path.length <= place.length && path.every((part, index) => part === place[index]),
  );
  return error ? (serviceOf(error) ?? 'graph') : null;
}
