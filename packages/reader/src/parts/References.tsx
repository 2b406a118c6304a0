import { Said } from './Said.js';

interface Source {
  title: string;
  locator?: string | null;
  url?: string | null;
}

const isSafe = (url: string): boolean => URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol);

/** Sources outside the documents. */
export const References = ({ references }: { references: readonly Source[] }) =>
  references.length === 0 ? null : (
    <p class="quiet small">
      Source:{' '}
      {references.map(({ title, locator, url }, index) => (
        <span key={`${title} ${locator}`}>
          {index > 0 && '; '}
          {url && isSafe(url) ? (
            <a href={url} rel="noreferrer noopener">
              <Said text={title} />
            </a>
          ) : (
            <Said text={title} />
          )}
          {locator && (
            <>
              , <Said text={locator} />
            </>
          )}
        </span>
      ))}
    </p>
  );

/** Something known from outside the documents, kept apart from what they say. */
export const Background = ({ facts }: { facts: readonly { fact: string; references: readonly Source[] }[] }) =>
  facts.length === 0 ? null : (
    <div class="background">
      <p>
        <strong>From outside the document</strong>
      </p>
      {facts.map(({ fact, references }) => (
        <div key={fact}>
          <p>
            <Said text={fact} />
          </p>
          <References references={references} />
        </div>
      ))}
    </div>
  );
