import { rich, t } from '../../messages/messages.js';
import { Name } from '../../parts/Name.js';
import { SafeText } from '../../parts/SafeText.js';
import type { Link } from './chain.js';

const Actors = ({ who, separator }: { who: Link['who']; separator: string }) => (
  <>
    {who.map(({ id, actor }, index) => (
      <span key={id}>
        {index > 0 && separator}
        <Name actor={actor} id={id} />
      </span>
    ))}
  </>
);

/** The relay chain from the speaker to the document at the address `page`. The style of each line shows how certain the link is. */
export const Chain = ({ links, page }: { links: readonly Link[]; page: string }) => (
  <ol class="chain">
    {links.map(({ key, role, who, certainty, how, others = [], medium, work }) => (
      <li key={key} class={`link link-${role} sure-${certainty}`}>
        <span class="link-node" aria-hidden="true" />
        {role === 'document' ? (
          <p class="link-who">
            <span class="visually-hidden">{t('chain.document')} </span>
            {work && (
              <a href={page}>
                <SafeText text={work} />
              </a>
            )}
          </p>
        ) : (
          <>
            <p class="link-who">
              <Actors who={who} separator=", " />
              {who.length === 0 && <em>{t('chain.unknown')}</em>}
            </p>
            <p class="quiet small">
              {rich('chain.how', {
                certainty: <span class="link-sure">{t(`chain.${certainty}`)}</span>,
                how:
                  how === 'chain.inheritedOr'
                    ? rich(how, { others: <Actors who={others} separator={t('chain.or')} /> })
                    : how && t(how),
              })}
              {medium && (
                <>
                  {' '}
                  (<SafeText text={medium} />)
                </>
              )}
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
