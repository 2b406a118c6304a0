import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { writeAddress } from './address.js';
import { isReturning } from './history.js';
import { LANGUAGES, language, rich, t } from './messages/messages.js';
import { showTools } from './parts/ToolsButton.js';
import { address } from './route.js';
import { SearchBox } from './search/SearchBox.js';
import { setViewTitle } from './title.js';
import { LazyView, MENU, views } from './views/index.js';

/** The layout around every view. */
export function App() {
  const { view, params } = address.value;
  const main = useRef<HTMLElement>(null);
  const seen = useRef(view);
  // Before the effects of a view, which may set the title of its record.
  useLayoutEffect(
    () => setViewTitle(view === null ? t('page.unknown') : view === '' ? '' : t(views[view].title)),
    [view],
  );
  useEffect(() => {
    if (seen.current === view) return;
    seen.current = view;
    // A new view begins at its top, unless the reader returns to it.
    if (isReturning()) return;
    scrollTo({ top: 0, behavior: 'instant' });
    main.current?.focus({ preventScroll: true });
  }, [view]);
  return (
    <>
      {/* Not a link: its fragment would be a new address. */}
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {t('site.skip')}
      </button>
      <button type="button" class="skip" onClick={showTools}>
        {t('site.skipTools')}
      </button>
      <header class="site">
        <a class="brand" href={writeAddress('')}>
          {t('site.name')}
        </a>
        <nav aria-label={t('site.views')}>
          <ul>
            {MENU.map((name) => (
              <li key={name}>
                <a
                  href={writeAddress(name)}
                  aria-current={
                    view === name ? 'page' : view === 'document' && name === 'documents' ? 'true' : undefined
                  }
                >
                  {t(views[name].title)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <SearchBox />
      </header>
      <main ref={main} tabIndex={-1} aria-label={view === null ? t('page.unknown') : t(views[view].title)}>
        {view === null ? (
          <>
            <h1>{t('page.unknown')}</h1>
            <p>
              {t('page.unknown.text')} <a href={writeAddress('')}>{t('page.unknown.link')}</a>
            </p>
          </>
        ) : (
          <LazyView name={view} />
        )}
      </main>
      <footer class="site">
        <p>{t('site.footer')}</p>
        <p>
          {rich('site.query', {
            link: (
              <a href="../graphql">
                <code>/graphql</code>
              </a>
            ),
          })}
        </p>
        <nav aria-label={t('site.language')}>
          <ul class="languages">
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <li key={code} lang={code}>
                {code === language() ? (
                  <strong aria-current="true">{name}</strong>
                ) : (
                  <a href={writeAddress(view ?? '', { ...params, lang: code })} hreflang={code} rel="alternate">
                    {name}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </nav>
      </footer>
    </>
  );
}
