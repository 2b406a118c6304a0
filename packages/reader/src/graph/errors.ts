import type { AnswerError } from '@dossier/client';
import { isMessageKey, t } from '../messages/messages.js';

/** What is missing if a service is down, as text. */
function contentsOf(service: string): string {
  const key = `service.${service}`;
  return t(isMessageKey(key) ? (key as 'service.actors') : 'service.other');
}

export interface UnavailableService {
  service: string;
  /** What is missing without it, as text. */
  contents: string;
}

const serviceOf = ({ extensions }: AnswerError): string | null =>
  typeof extensions?.['service'] === 'string' ? extensions['service'] : null;

/** The services that failed for some part of a response, without duplicates. */
export function unavailableServices(errors: readonly AnswerError[]): UnavailableService[] {
  const names = new Set(errors.map((error) => serviceOf(error)).filter((name) => name !== null));
  return [...names].sort().map((service) => ({ service, contents: contentsOf(service) }));
}

/** The messages of errors that name no service, without duplicates. */
export const otherErrors = (errors: readonly AnswerError[]): string[] => [
  ...new Set(errors.filter((error) => serviceOf(error) === null).map(({ message }) => message)),
];

/** The service that failed at a path of a response, or at a prefix of it; "graph" if the error names none; null if there is no error. */
export function failedServiceAt(errors: readonly AnswerError[], ...place: (string | number)[]): string | null {
  const error = errors.find(
    ({ path = [] }) => path.length <= place.length && path.every((part, index) => part === place[index]),
  );
  return error ? (serviceOf(error) ?? 'graph') : null;
}

/** Why a request failed, as text. `fetch` reports a lost connection as a TypeError, whose message differs between browsers. */
export const failureText = (error: unknown): string =>
  error instanceof TypeError || !(error instanceof Error) ? t('graph.unreachable') : error.message;
