import {
  dateLabel,
  ReaderOverviewDocument,
  type ReaderOverviewQuery,
  type StatementLineFragment,
} from '@dossier/client';
import { useState } from 'preact/hooks';
import { writeAddress } from '../../address.js';
import { failedServiceAt } from '../../graph/errors.js';
import { useQuery } from '../../graph/useQuery.js';
import { formatNumber, t } from '../../messages/messages.js';
import { ClaimCard } from '../../parts/ClaimCard.js';
import { Loading } from '../../parts/Loading.js';
import { enumText, topicText } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import { SafeText } from '../../parts/SafeText.js';
import { Term } from '../../parts/Term.js';
import { FailedNotice, PartialNotice, Unavailable } from '../../parts/Unavailable.js';
import { AttributionBar } from './AttributionBar.js';
import { ViewCards } from './ViewCards.js';

/** The overview page. */
export default function Home() {
  const result = useQuery(ReaderOverviewDocument, {});
  const { data, errors, state } = result;
  const example = data?.example?.nodes[0];
  return (
    <div class="home">
      <div class={`hero${data && !example ? '' : ' has-example'}`}>
        <div>
          <h1>Who said what, who relayed it, and in which passage</h1>
          <p class="lead">
            Dossier splits a document into <Term of="claim" text="claims" />. For each, it records who made it and how
            certain that is, who passed it on, which sanctions it bears on, which figures it rests on, and its place in
            the text, so that anyone can check.
          </p>
        </div>
        {example && <Example statement={example} />}
        {/* So that nothing moves when the example is there. */}
        {!data && <div class="example-space" />}
      </div>
      {state === 'loading' && !data && <Loading what="Loading the overview" />}
      {state === 'failed' && (
        <FailedNotice what="The overview" failure={result.failure} errors={errors} retry={result.retry} />
      )}
      {data && (
        <>
          <PartialNotice errors={errors} retry={result.retry} />
          <ViewCards data={data} />
          <div class="columns">
            <section aria-labelledby="sure">
              <h2 id="sure">How certain the speaker is</h2>
              <AttributionBar data={data} service={failedServiceAt(errors, 'statements')} />
            </section>
            <section aria-labelledby="topics">
              <h2 id="topics">Topics</h2>
              <Topics topics={data.topics} service={failedServiceAt(errors, 'topics')} />
            </section>
          </div>
          <section aria-labelledby="documents">
            <h2 id="documents">Documents</h2>
            <Documents documents={data.documents} service={failedServiceAt(errors, 'documents')} />
          </section>
        </>
      )}
    </div>
  );
}

/** One claim as an example of what the graph contains. */
const Example = ({ statement }: { statement: StatementLineFragment }) => (
  <section class="example" aria-labelledby="example">
    <h2 id="example">For example</h2>
    <ul>
      <ClaimCard statement={statement} />
    </ul>
    <p class="quiet small">A claim with its speaker and how certain that is, who relayed it, and the passage.</p>
  </section>
);

/** Topics that are shown at first. */
const MAX_TOPICS = 40;

function Topics({ topics, service }: { topics: ReaderOverviewQuery['topics']; service: string | null }) {
  const [isOpen, setOpen] = useState(false);
  if (!topics) return <Unavailable what="Topics" service={service} />;
  const ordered = topics.length > MAX_TOPICS ? [...topics].sort((a, b) => b.statementCount - a.statementCount) : topics;
  return (
    <>
      <ul class="tags">
        {ordered.slice(0, isOpen ? MAX_OPEN_TOPICS : MAX_TOPICS).map(({ topic, statementCount }) => (
          <li key={topic}>
            <a class="tag" href={writeAddress('said', { topic })}>
              <SafeText text={topicText(topic)} /> <span class="count">{formatNumber(statementCount)}</span>
            </a>
          </li>
        ))}
      </ul>
      {topics.length > MAX_TOPICS && !isOpen && (
        <button type="button" onClick={() => setOpen(true)}>
          {t('home.allTopics', { count: topics.length })}
        </button>
      )}
    </>
  );
}

/** More are found with the search. */
const MAX_OPEN_TOPICS = 500;

const TEXT = {
  VERIFIED: 'its text is available here',
  NOT_MOUNTED: 'its text is not on this server',
  MISMATCH: 'a different text was found, and is not shown',
};

function Documents({ documents, service }: { documents: ReaderOverviewQuery['documents']; service: string | null }) {
  if (!documents) return <Unavailable what="Documents" service={service} />;
  return (
    <>
      <ul class="cards">
        {documents.nodes.map((document) => (
          <li key={document.id} class="card">
            <h3>
              <a href={writeAddress('document', { document: document.id })}>
                <SafeText text={document.title} />
              </a>
            </h3>
            <p class="quiet">
              <Name actor={document.publisher} plain /> · {dateLabel(document.publishedOn)}
              {document.series && (
                <>
                  {' '}
                  · <SafeText text={`${document.series} ${document.number ?? ''}`} />
                </>
              )}
            </p>
            <p class="quiet small">
              {document.length.toLocaleString('en')} characters;{' '}
              {TEXT[document.availability] ?? enumText(document.availability)}.
            </p>
          </li>
        ))}
      </ul>
      {documents.totalCount > documents.nodes.length && (
        <p>
          <a href={writeAddress('documents')}>{t('home.allDocuments', { count: documents.totalCount })}</a>
        </p>
      )}
    </>
  );
}
