import { useEffect, useRef, useState } from 'preact/hooks';
import { writeAddress } from '../address.js';
import { t } from '../messages/messages.js';
import { escapeInvisible } from '../parts/escapeInvisible.js';
import { address, openAddress } from '../route.js';
import { Marked } from './Marked.js';
import { wordsOf } from './rank.js';
import { summaryOf, useSearch } from './useSearch.js';

/** How long to wait for the next key before searching, in milliseconds. */
const TYPING_MS = 180;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The search box of every page. It lists results while someone types; Enter opens all of them. */
export function SearchBox() {
  const { view, params } = address.value;
  const [text, setText] = useState(view === 'search' ? (params['q'] ?? '') : '');
  const [words, setWords] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setWords(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  // A new page closes the list.
  useEffect(() => {
    setOpen(false);
    if (view === 'search') setText(params['q'] ?? '');
  }, [address.value]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    const onOutside = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('focusin', onOutside);
    document.addEventListener('pointerdown', onOutside);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('focusin', onOutside);
      document.removeEventListener('pointerdown', onOutside);
    };
  }, []);
  const { groups, isLoading } = useSearch(isOpen ? words : '');
  const all = text.trim() ? writeAddress('search', { q: text.trim() }) : null;
  const options = [
    ...groups.flatMap(({ hits, all: links }) => [...hits, ...links].map(({ href }) => href)),
    ...(all ? [all] : []),
  ];
  const isShown = isOpen && words !== '' && words === text.trim();
  const choose = (href: string | null | undefined): void => {
    if (!href) return;
    setOpen(false);
    setActive(-1);
    openAddress(href);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && isOpen) setOpen(false);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!isShown) setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((last) => (last + step + options.length + (last === -1 && step === -1 ? 1 : 0)) % options.length || 0);
    } else return;
    event.preventDefault();
  };
  const typed = wordsOf(words);
  let at = -1;
  const option = (key: string, href: string, children: preact.ComponentChildren) => {
    at += 1;
    const position = at;
    return (
      <a
        key={key}
        id={`search-option-${position}`}
        role="option"
        tabIndex={-1}
        href={href}
        aria-selected={position === active}
        class="search-option"
        onClick={() => setOpen(false)}
      >
        {children}
      </a>
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element "search" is too new for older browsers.
    <form
      ref={box}
      class="site-search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        choose(active >= 0 && isShown ? options[active] : all);
      }}
    >
      <input
        ref={input}
        type="search"
        // biome-ignore lint/a11y/noRedundantRoles: without a list of data, it has another role.
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={isShown}
        aria-controls="search-list"
        aria-autocomplete="list"
        aria-activedescendant={isShown && active >= 0 ? `search-option-${active}` : undefined}
        placeholder={t('search.hint')}
        autocomplete="off"
        list={undefined}
        value={text}
        onInput={({ currentTarget: { value } }) => {
          setText(value);
          setOpen(true);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
      />
      <span class="visually-hidden" role="status">
        {isShown && !isLoading && (groups.length > 0 ? summaryOf(groups) : t('search.none', { words }))}
      </span>
      {isShown && (
        <div id="search-list" class="search-list" role="listbox" aria-label={t('search.results')}>
          {groups.map(({ key, title, hits, all: links }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of options.
            <div key={key} role="group" aria-labelledby={`search-${key}`}>
              <p id={`search-${key}`} class="search-group">
                {title}
              </p>
              {hits.map((hit) =>
                option(
                  hit.id,
                  hit.href,
                  <>
                    <span class="search-text">
                      <Marked text={hit.text} typed={typed} />
                    </span>
                    {hit.excerpt && (
                      <span class="search-excerpt">
                        “<Marked text={hit.excerpt} typed={typed} />”
                      </span>
                    )}
                    {hit.note && (
                      <span class="search-note">
                        <Marked text={hit.note} typed={typed} />
                      </span>
                    )}
                  </>,
                ),
              )}
              {links.map((link) =>
                option(link.href, link.href, <span class="search-note">{escapeInvisible(link.text)}</span>),
              )}
            </div>
          ))}
          {all &&
            option(
              'all',
              all,
              <span class="search-note">
                {isLoading
                  ? t('search.loading')
                  : groups.length === 0
                    ? t('search.none', { words })
                    : t('search.all', { words })}
              </span>,
            )}
        </div>
      )}
    </form>
  );
}
