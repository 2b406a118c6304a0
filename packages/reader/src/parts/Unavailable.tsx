import type { AnswerError } from '@dossier/client';
import { otherErrors, unavailableServices } from '../graph/errors.js';
import { t } from '../messages/messages.js';
import { LIVE } from './live.js';

/** A placeholder for data that could not be loaded, which is neither empty nor unknown. */
export const Unavailable = ({ what, service }: { what: string; service?: string | null }) => (
  <p class="not-now">
    {service && service !== 'graph' ? t('unavailable.service', { what, service }) : t('unavailable.what', { what })}
  </p>
);

/** Lists what is missing from a page because a service failed, with a retry button. */
export function PartialNotice({ errors, retry }: { errors: readonly AnswerError[]; retry: () => void }) {
  if (errors.length === 0) return null;
  return (
    <div class="notice notice-warn" {...LIVE}>
      <p>
        <strong>{t('unavailable.partTitle')}</strong> {t('unavailable.part')}
      </p>
      <ul>
        {unavailableServices(errors).map(({ service, contents }) => (
          <li key={service}>
            <code>{service}</code>: {contents}
          </li>
        ))}
        {otherErrors(errors).map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
      <button type="button" onClick={retry}>
        {t('unavailable.retry')}
      </button>
    </div>
  );
}

/** A part of a view with its own request. */
interface Part {
  what: string;
  state: string;
  errors: readonly AnswerError[];
  failure: string | null;
  retry: () => void;
}

/** The failures of several parts: first those that failed completely, then what is missing in the others. */
export function FailureNotices({ parts }: { parts: readonly Part[] }) {
  const failed = parts.filter(({ state }) => state === 'failed');
  const failedServices = new Set(
    failed.flatMap(({ errors }) => unavailableServices(errors).map(({ service }) => service)),
  );
  const rest = parts
    .filter((part) => !failed.includes(part))
    .flatMap(({ errors }) =>
      errors.filter((error) => !unavailableServices([error]).some(({ service }) => failedServices.has(service))),
    );
  return (
    <>
      {failed.map(({ what, failure, errors, retry }) => (
        <FailedNotice key={what} what={what} failure={failure} errors={errors} retry={retry} />
      ))}
      <PartialNotice errors={rest} retry={() => parts.forEach((part) => void part.retry())} />
    </>
  );
}

/** A complete failure of a request, with a retry button. */
export function FailedNotice({
  what,
  failure,
  errors = [],
  retry,
}: {
  what: string;
  failure: string | null;
  errors?: readonly AnswerError[];
  retry: () => void;
}) {
  const lost = unavailableServices(errors);
  return (
    <div class="notice notice-bad" role="alert">
      <p>
        <strong>{t('unavailable.what', { what })}</strong>
      </p>
      <p>
        {lost.length > 0
          ? lost.map(({ service, contents }) => t('unavailable.serviceFailed', { service, contents })).join(' ')
          : failure}
      </p>
      <button type="button" onClick={retry}>
        {t('unavailable.retry')}
      </button>
    </div>
  );
}
