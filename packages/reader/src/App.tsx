import { useEffect, useRef } from 'preact/hooks';
import { VIEWS, writeAddress } from './address.js';
import { address } from './route.js';
import { LazyView, views } from './views/index.js';

/** The layout around every view. */
export function App() {
  const { view } = address.value;
  const main = useRef<HTMLElement>(null);
  const seen = useRef(view);
  useEffect(() => {
    document.title =
      view === null ? 'No such page · Dossier' : view === '' ? 'Dossier' : `${views[view].title} · Dossier`;
    // A new view begins at its top.
    if (seen.current !== view) {
      seen.current = view;
      scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
  }, [view]);
  return (
    <>
      {/* Not a link: its fragment would be parsed as a view. */}
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header class="site">
        <a class="brand" href={writeAddress('')}>
          Dossier
        </a>
        <nav aria-label="Views">
          <ul>
            {VIEWS.map((name) => (
              <li key={name}>
                <a href={writeAddress(name)} aria-current={view === name ? 'page' : undefined}>
                  {views[name].short}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main ref={main} tabIndex={-1} aria-label={view === null ? 'No such page' : views[view].title}>
        {view === null ? (
          <>
            <h1>No such page</h1>
            <p>
              Nothing is shown at this address. <a href={writeAddress('')}>Go to the overview</a>
            </p>
          </>
        ) : (
          <LazyView name={view} />
        )}
      </main>
      <footer class="site">
        <p>
          Facts, positions and summaries are Dossier’s; the words of documents are shown only where their text is on
          this server. Nothing inferred is shown as read.
        </p>
        <p>
          Query the graph yourself at <a href="../graphql">/graphql</a>.
        </p>
      </footer>
    </>
  );
}
