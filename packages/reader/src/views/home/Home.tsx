import { ReaderOverviewDocument, type ReaderOverviewQuery, type StatementLineFragment } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { failedServiceAt } from '../../graph/errors.js';
import { countIn, useQuery } from '../../graph/useQuery.js';
import { formatNumber, rich, t } from '../../messages/messages.js';
import { ClaimCard } from '../../parts/ClaimCard.js';
import { dateText } from '../../parts/dates.js';
import { Loading } from '../../parts/Loading.js';
import { topicText } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import { SafeText } from '../../parts/SafeText.js';
import { Term } from '../../parts/Term.js';
import { FailedNotice, PartialNotice, Unavailable } from '../../parts/Unavailable.js';
import { usePortion } from '../../parts/usePortion.js';
import { AttributionBar } from './AttributionBar.js';
import { ViewCards } from './ViewCards.js';

/** The overview page. */
export default function Home() {
  const result = useQuery(ReaderOverviewDocument, {});
  const { data, errors, state } = result;
  const example = data?.example?.nodes[0];
  useRecordCounts({
    'dataset.documents': countIn(result, ({ documents }) => documents?.totalCount),
    'dataset.topics': countIn(result, ({ topics }) => topics?.length),
  });
  return (
    <div class="home">
      <div class={`hero${data && !example ? '' : ' has-example'}`}>
        <div>
          <h1>{t('home.title')}</h1>
          <p class="lead">{rich('home.lead', { claims: <Term of="claim" text={t('home.claims')} /> })}</p>
        </div>
        {example && <Example statement={example} />}
        {/* So that nothing moves when the example is there. */}
        {!data && <div class="example-space" />}
      </div>
      {state === 'loading' && !data && <Loading what={t('home.loading')} />}
      {state === 'failed' && (
        <FailedNotice what={t('home.what')} failure={result.failure} errors={errors} retry={result.retry} />
      )}
      {data && (
        <>
          <PartialNotice errors={errors} retry={result.retry} />
          <ViewCards data={data} />
          <div class="columns">
            <section aria-labelledby="sure">
              <h2 id="sure">{t('home.certainty')}</h2>
              <AttributionBar data={data} service={failedServiceAt(errors, 'statements')} />
            </section>
            <section aria-labelledby="topics">
              <h2 id="topics">{t('home.topics')}</h2>
              <Topics topics={data.topics} service={failedServiceAt(errors, 'topics')} />
            </section>
          </div>
          <section aria-labelledby="documents">
            <h2 id="documents">{t('home.documents')}</h2>
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
    <h2 id="example">{t('home.example')}</h2>
    <ul>
      <ClaimCard statement={statement} />
    </ul>
    <p class="quiet small">{t('home.exampleNote')}</p>
  </section>
);

/** Topics that are shown at a time. */
const MAX_TOPICS = 40;

function Topics({ topics, service }: { topics: ReaderOverviewQuery['topics']; service: string | null }) {
  const ordered = [...(topics ?? [])];
  if (ordered.length > MAX_TOPICS) ordered.sort((a, b) => b.statementCount - a.statementCount);
  const { shown, more } = usePortion('topics', ordered, MAX_TOPICS);
  if (!topics) return <Unavailable what={t('home.topics')} service={service} />;
  return (
    <>
      <ul class="tags">
        {shown.map(({ topic, statementCount }) => (
          <li key={topic}>
            <a class="tag" href={writeAddress('said', { topic })}>
              <SafeText text={topicText(topic)} /> <span class="count">{formatNumber(statementCount)}</span>
            </a>
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}

function Documents({ documents, service }: { documents: ReaderOverviewQuery['documents']; service: string | null }) {
  if (!documents) return <Unavailable what={t('home.documents')} service={service} />;
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
              <Name actor={document.publisher} plain /> · {dateText(document.publishedOn)}
              {document.series && (
                <>
                  {' '}
                  · <SafeText text={`${document.series} ${document.number ?? ''}`} />
                </>
              )}
            </p>
            <p class="quiet small">
              {t('home.documentText', {
                characters: t('count.characters', { count: document.length }),
                availability: t(`availability.${document.availability}`),
              })}
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
