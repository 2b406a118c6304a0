import { t } from '../messages/messages.js';
import { SafeText } from './SafeText.js';
import { webHref } from './webHref.js';

interface Source {
  title: string;
  locator?: string | null;
  url?: string | null;
}

/** Sources outside the documents. */
export const References = ({ references }: { references: readonly Source[] }) =>
  references.length === 0 ? null : (
    <p class="quiet small">
      {t('references.source')}{' '}
      {references.map(({ title, locator, url }, index) => {
        const href = webHref(url);
        return (
          <span key={`${title} ${locator}`}>
            {index > 0 && '; '}
            {href ? (
              <a href={href} rel="noreferrer noopener">
                <SafeText text={title} />
              </a>
            ) : (
              <SafeText text={title} />
            )}
            {locator && (
              <>
                , <SafeText text={locator} />
              </>
            )}
          </span>
        );
      })}
    </p>
  );

/** Facts from outside the documents, shown separately. */
export const Background = ({ facts }: { facts: readonly { fact: string; references: readonly Source[] }[] }) =>
  facts.length === 0 ? null : (
    <div class="background">
      <p>
        <strong>{t('references.background')}</strong>
      </p>
      {facts.map(({ fact, references }) => (
        <div key={fact}>
          <p>
            <SafeText text={fact} />
          </p>
          <References references={references} />
        </div>
      ))}
    </div>
  );
