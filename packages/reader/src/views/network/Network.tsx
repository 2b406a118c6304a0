import { ReaderActorsDocument, ReaderFiguresDocument, ReaderStatementsDocument } from '@dossier/client';
import { useMemo } from 'preact/hooks';
import { useList } from '../../graph/useList.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { Loading } from '../../parts/Loading.js';
import { countOf, shortId } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import { FailureNotices } from '../../parts/Unavailable.js';
import { address, goWith } from '../../route.js';
import { ActorPanel } from './ActorPanel.js';
import { layoutNetwork } from './layout.js';
import { NetworkDiagram } from './NetworkDiagram.js';
import { TieList } from './TieList.js';
import { KINDS, namesOf, TIES, type TieKind, tiesOf } from './ties.js';

/** The kinds of ties that are selected in the address; all if it has none. */
function kindsOf(text: string | undefined): Set<TieKind> {
  if (text === 'none') return new Set();
  const selected = KINDS.filter((kind) => text?.split(',').includes(kind));
  return new Set(selected.length > 0 ? selected : KINDS);
}

/** The network of actors and their ties. */
export default function Network() {
  const { actor: chosen, ties: tiesParam } = address.value.params;
  const actors = useList(ReaderActorsDocument, {}, (data) => data.actors);
  const statements = useList(ReaderStatementsDocument, {}, (data) => data.statements);
  const figures = useList(ReaderFiguresDocument, {}, (data) => data.tradeFigures);
  const lists = [actors, statements, figures];
  const known = { actors: actors.nodes, statements: statements.nodes, figures: figures.nodes };
  const all = useMemo(() => tiesOf(known), [actors.nodes, statements.nodes, figures.nodes]);
  const names = useMemo(() => namesOf(known), [actors.nodes, statements.nodes, figures.nodes]);
  const kinds = kindsOf(tiesParam);
  const ties = useMemo(() => all.filter(({ kind }) => kinds.has(kind)), [all, tiesParam]);
  const labelOf = (id: string): string => escapeInvisible(names.get(id) ?? shortId(id));
  const isLoading = lists.some(({ state }) => state === 'loading');
  // Only when everything is loaded, so that the diagram does not change with every page.
  const placed = useMemo(
    () => (isLoading || ties.length === 0 ? null : layoutNetwork(ties, labelOf)),
    [isLoading, ties],
  );
  const ids = [...new Set(ties.flatMap(({ from, to }) => [from, to]))].sort((a, b) =>
    labelOf(a).localeCompare(labelOf(b)),
  );
  const toggle = (kind: TieKind): void => {
    const next = KINDS.filter((each) => (each === kind ? !kinds.has(each) : kinds.has(each)));
    goWith('network', { ties: next.length === KINDS.length ? null : next.length === 0 ? 'none' : next.join(',') });
  };
  const chosenActor = actors.nodes.find(({ id }) => id === chosen);
  return (
    <>
      <h1>Network</h1>
      <p class="lead">
        Words run from left to right: from the speaker, through those who relayed them, to the document. Where a line is
        broken, nobody is certain to have spoken.
      </p>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          Actor
          <select
            value={chosen ?? ''}
            onChange={({ currentTarget: { value } }) => goWith('network', { actor: value || null })}
          >
            <option value="">all</option>
            {chosen && !names.has(chosen) && <option value={chosen}>{shortId(chosen)}</option>}
            {[...names.keys()]
              .sort((a, b) => labelOf(a).localeCompare(labelOf(b)))
              .map((id) => (
                <option key={id} value={id}>
                  {labelOf(id)}
                </option>
              ))}
          </select>
        </label>
        <fieldset>
          <legend>Ties</legend>
          {KINDS.map((kind) => (
            <label key={kind} class="check">
              <input type="checkbox" checked={kinds.has(kind)} onChange={() => toggle(kind)} />
              <span class={`tie-mark tie-mark-${kind}`} aria-hidden="true" /> {TIES[kind].label}
            </label>
          ))}
          <p class="tie-note">
            <span class="tie-mark tie-mark-likely" aria-hidden="true" /> likely, not certain
          </p>
        </fieldset>
      </form>
      <FailureNotices
        parts={[
          { what: 'Actors and who recognised them', ...actors },
          { what: 'Who spoke to whom and who passed it on', ...statements },
          { what: 'Who traded with whom', ...figures },
        ]}
      />
      {isLoading && <Loading what="Loading the network" />}
      {chosen && !isLoading && (
        <ActorPanel
          id={chosen}
          actor={chosenActor}
          ties={ties}
          names={names}
          isComplete={actors.state === 'complete'}
        />
      )}
      {placed && <NetworkDiagram placed={placed} labelOf={labelOf} chosen={chosen} />}
      {!isLoading && ties.length === 0 && <p>No tie of these kinds is known here.</p>}
      {placed && (
        <section aria-labelledby="as-list">
          <h2 id="as-list">As a list</h2>
          <p class="quiet">
            {countOf(ids.length, 'actor')}, {countOf(ties.length, 'tie')}.
          </p>
          <ul class="tie-lists">
            {ids.map((id) => (
              <li key={id} class="card">
                <h3>
                  <Name actor={names.get(id) ? { id, name: labelOf(id) } : null} id={id} />
                </h3>
                <TieList ties={ties.filter(({ from, to }) => from === id || to === id)} self={id} names={names} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
