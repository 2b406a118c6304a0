import { ReaderClaimsDocument, ReaderStatementsDocument } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { useRecordCounts } from '../../export/recordCounts.js';
import { countOf, useList } from '../../graph/useList.js';
import { useQuery } from '../../graph/useQuery.js';
import { t } from '../../messages/messages.js';
import { isClaim } from '../../parts/isClaim.js';
import { LIVE } from '../../parts/live.js';
import { MoreButton } from '../../parts/MoreButton.js';
import { address } from '../../route.js';
import { filterOf } from './filter.js';
import { ListItem } from './ListItem.js';
import { OneStatement } from './OneStatement.js';
import { SaidFilters } from './SaidFilters.js';

/** The list of statements, with the details of the selected one. */
export default function WhoSaidWhat() {
  const { params } = address.value;
  const list = useList(ReaderStatementsDocument, { filter: filterOf(params) }, (data) => data.statements, {
    all: false,
  });
  const { statement: selected, words } = params;
  useRecordCounts({ 'dataset.statements': countOf(list) });
  const isEmpty = list.totalCount === 0 && list.state === 'complete';
  return (
    <>
      <h1>{t('view.said')}</h1>
      <div class={`two-panes${selected ? ' has-chosen' : ''}`}>
        <section class="pane-list" aria-label={t('search.statements')}>
          <SaidFilters />
          <p class="quiet" {...LIVE}>
            {list.totalCount !== null &&
              list.state !== 'failed' &&
              (isEmpty ? t('said.none') : t('count.statements', { count: list.totalCount }))}
          </p>
          {isEmpty && words && (
            <>
              <p class="quiet">{t('said.searched', { words })}</p>
              <p>
                <a href={writeAddress('search', { q: words })}>{t('said.search', { words })}</a>
              </p>
            </>
          )}
          <ul class="picks">
            {list.nodes.map((statement) => (
              <ListItem key={statement.id} statement={statement} isOn={statement.id === selected} />
            ))}
          </ul>
          {selected && list.state !== 'loading' && !list.nodes.some(({ id }) => id === selected) && (
            <ChosenElsewhere id={selected} />
          )}
          {!isEmpty && <MoreButton list={list} what={t('search.statements')} />}
        </section>
        <section class="pane-detail" aria-label={t('said.chosen')}>
          {selected ? (
            <OneStatement key={selected} id={selected} />
          ) : (
            <p class="quiet placeholder">{t('said.choose')}</p>
          )}
        </section>
      </div>
    </>
  );
}

/** The chosen statement, below a list in which it is not: it is on a later page, or the filters do not select it. */
function ChosenElsewhere({ id }: { id: string }) {
  const statement = useQuery(ReaderClaimsDocument, { ids: [id] }).data?.nodes?.[0];
  if (!isClaim(statement)) return null;
  return (
    <>
      <p class="quiet small">{t('said.elsewhere')}</p>
      <ul class="picks">
        <ListItem statement={statement} isOn />
      </ul>
    </>
  );
}
