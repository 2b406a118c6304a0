import { Name } from '../../parts/Name.js';
import { SafeText } from '../../parts/SafeText.js';
import type { Certainty, Link } from './chain.js';

const CERTAINTY_TEXT: Record<Certainty, string> = {
  certain: 'Certain',
  likely: 'Likely, not certain',
  imputed: 'Imputed',
  lost: 'Lost',
};

/** The relay chain from the speaker to the document at the address `page`. The style of each line shows how certain the link is. */
export const Chain = ({ links, page }: { links: readonly Link[]; page: string }) => (
  <ol class="chain">
    {links.map(({ key, role, who, certainty, how, work }) => (
      <li key={key} class={`link link-${role} sure-${certainty}`}>
        <span class="link-node" aria-hidden="true" />
        {role === 'page' ? (
          <p class="link-who">
            <span class="visually-hidden">The page: </span>
            {work && (
              <a href={page}>
                <SafeText text={work} />
              </a>
            )}
          </p>
        ) : (
          <>
            <p class="link-who">
              {who.map(({ id, actor }, index) => (
                <span key={id}>
                  {index > 0 && ', '}
                  <Name actor={actor} id={id} />
                </span>
              ))}
              {who.length === 0 && <em>Unknown</em>}
            </p>
            <p class="quiet small">
              <span class="link-sure">{CERTAINTY_TEXT[certainty]}</span>: <SafeText text={how} />
              {work && (
                <>
                  {' '}
                  — <SafeText text={work} />
                </>
              )}
            </p>
          </>
        )}
      </li>
    ))}
  </ol>
);
