import { ReaderStatementsDocument } from '@dossier/client';
import { useList } from '../../graph/useList.js';
import { Loading } from '../../parts/Loading.js';
import { countOf } from '../../parts/labels.js';
import { FailedNotice, PartialNotice } from '../../parts/Unavailable.js';
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
  const selected = params['statement'];
  return (
    <>
      <h1>Who said what</h1>
      <div class={`two-panes${selected ? ' has-chosen' : ''}`}>
        <section class="pane-list" aria-label="Statements">
          <SaidFilters />
          <PartialNotice errors={list.state === 'failed' ? [] : list.errors} retry={list.retry} />
          <p class="quiet" role="status">
            {list.totalCount !== null &&
              list.state !== 'failed' &&
              (list.totalCount === 0
                ? 'No statements match.'
                : `${countOf(list.totalCount, 'statement')}${list.nodes.length < list.totalCount ? `, ${list.nodes.length} shown` : ''}.`)}
          </p>
          <ul class="picks">
            {list.nodes.map((statement) => (
              <ListItem key={statement.id} statement={statement} isOn={statement.id === selected} />
            ))}
          </ul>
          {list.state === 'loading' && <Loading what="Loading statements" />}
          {list.state === 'failed' && (
            <FailedNotice what="Statements" failure={list.failure} errors={list.errors} retry={list.retry} />
          )}
          {list.state === 'partial' && (
            <button type="button" onClick={list.more}>
              Show more statements
            </button>
          )}
        </section>
        <section class="pane-detail" aria-label="The chosen statement">
          {selected ? (
            <OneStatement key={selected} id={selected} />
          ) : (
            <p class="quiet placeholder">
              Choose a statement to see who relayed it, how certain each link is, and which statements support or oppose
              it.
            </p>
          )}
        </section>
      </div>
    </>
  );
}
