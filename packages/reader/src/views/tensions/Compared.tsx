import { type ConflictFragment, positionOf, ReaderPassagesDocument, type SideFragment } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { useQuery } from '../../graph/useQuery.js';
import { rich, t } from '../../messages/messages.js';
import { StatusBadge } from '../../parts/badges.js';
import { CiteButtons } from '../../parts/CiteButtons.js';
import { DateText } from '../../parts/DateText.js';
import { dateText } from '../../parts/dates.js';
import { enumText, shortId } from '../../parts/labels.js';
import { PassageLinks } from '../../parts/Passages.js';
import { SafeText } from '../../parts/SafeText.js';
import { Speaker } from '../../parts/Speaker.js';
import { Surrounded } from './Surrounded.js';
import { surrounding } from './surrounding.js';

/** The sides of a tension next to one another, each with its document, its speaker and its words. */
export function Compared({ conflict, withContext = false }: { conflict: ConflictFragment; withContext?: boolean }) {
  const { id, kind, explanation, statements } = conflict;
  const isBetween = new Set(statements.map(({ document }) => document.id)).size > 1;
  const Heading = withContext ? 'h2' : 'h3';
  return (
    <article class="card conflict" data-id={id}>
      <Heading>
        <a href={writeAddress('tensions', { tension: id })}>
          <SafeText text={explanation} />
        </a>
      </Heading>
      <p>
        <span class="badge">{enumText(kind)}</span>{' '}
        {isBetween && <span class="badge badge-strong">{t('tensions.between')}</span>}
      </p>
      <Sides statements={statements} withContext={withContext} />
    </article>
  );
}

/** Statements next to one another. */
export const Sides = ({
  statements,
  withContext = false,
}: {
  statements: readonly SideFragment[];
  withContext?: boolean;
}) => (
  <ol class="sides">
    {statements.map((statement) => (
      <li key={statement.id} class="side">
        <p class="eyebrow">
          <SafeText text={statement.document.title} />, {dateText(statement.document.publishedOn)}
        </p>
        <p class="side-claim">
          <a href={writeAddress('said', { statement: statement.id })}>
            <span class="claim-id">{shortId(statement.id)}</span> <SafeText text={statement.summary} />
          </a>
        </p>
        <p class="quiet small">
          {rich('tensions.saidOn', {
            speaker: <Speaker attribution={statement.attribution} />,
            date: <DateText date={statement.saidOn} />,
          })}{' '}
          <StatusBadge status={statement.attribution.status} />
        </p>
        {withContext ? (
          <InContext statement={statement} />
        ) : (
          <>
            <Words statement={statement} />
            <p class="cite-line">
              <PassageLinks citations={statement.citations} statement={statement.id} />
            </p>
          </>
        )}
      </li>
    ))}
  </ol>
);

const Words = ({ statement: { citations } }: { statement: SideFragment }) => (
  <>
    {citations.map(({ id, excerpt }) =>
      excerpt ? (
        <blockquote key={id}>
          <SafeText text={excerpt} />
        </blockquote>
      ) : (
        <p key={id} class="quiet small">
          {t('passage.unavailable')}
        </p>
      ),
    )}
  </>
);

/** The passages of a side with the text around them. */
function InContext({ statement }: { statement: SideFragment }) {
  const { document, citations } = statement;
  const ids = citations.map((citation) => surrounding(positionOf(citation), document.length));
  const { data, state } = useQuery(ReaderPassagesDocument, { ids });
  if (document.availability !== 'VERIFIED' || (state !== 'loading' && !data))
    return (
      <>
        <Words statement={statement} />
        <PassageLinks citations={citations} statement={statement.id} />
      </>
    );
  return (
    <>
      {citations.map((citation, index) => {
        const around = data?.nodes?.[index];
        return (
          <div key={citation.id}>
            <Surrounded
              passage={citation}
              length={document.length}
              around={around && 'excerpt' in around ? { id: around.id, excerpt: around.excerpt } : null}
            />
            <p class="cite-line">
              <PassageLinks citations={[citation]} statement={statement.id} />{' '}
              <CiteButtons citation={{ ...citation, document }} about={statement.id} />
            </p>
          </div>
        );
      })}
    </>
  );
}
