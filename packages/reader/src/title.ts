import { useEffect } from 'preact/hooks';
import { t } from './messages/messages.js';
import { escapeInvisible } from './parts/escapeInvisible.js';

const MAX_LENGTH = 90;
let viewTitle = '';

const write = (title: string): void => {
  const text = title.length > MAX_LENGTH ? `${title.slice(0, MAX_LENGTH - 1)}…` : title;
  document.title = text ? `${escapeInvisible(text)} · ${t('site.name')}` : t('site.name');
};

/** Sets the title of the tab for a view; the overview has none of its own. */
export function setViewTitle(title: string): void {
  viewTitle = title;
  write(title);
}

/** The title of the tab for the record that a view shows; null until it is known. */
export function useTitle(title: string | null | undefined): void {
  useEffect(() => {
    if (!title) return;
    write(title);
    return () => write(viewTitle);
  }, [title]);
}
