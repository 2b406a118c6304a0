import { readAddress, writeAddress } from '../address.js';
import { LANGUAGES, type Language } from './messages.js';

const STORAGE_KEY = 'dossier.reader.language';

export const isLanguage = (text: string | null | undefined): text is Language =>
  typeof text === 'string' && Object.hasOwn(LANGUAGES, text);

/** The first language of the browser that the pages have; English if there is none. */
const browserLanguage = (preferred: readonly string[]): Language =>
  preferred.map((tag) => tag.split('-')[0]?.toLowerCase()).find(isLanguage) ?? 'en';

function storedLanguage(): Language | null {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return isLanguage(stored) ? stored : null;
  } catch {
    return null;
  }
}

/**
 * The language of the pages: the one in the address (`?lang=ru`), the one that was chosen before, or the one of the browser. A language
 * in the address is stored and removed from the address; if it cannot be stored, it stays there.
 */
export function chooseLanguage(): Language {
  const url = new URL(location.href);
  const wanted = url.searchParams.get('lang');
  if (!isLanguage(wanted)) return storedLanguage() ?? browserLanguage(navigator.languages);
  try {
    localStorage.setItem(STORAGE_KEY, wanted);
    const { view, params } = readAddress(url);
    const { lang: _, ...rest } = params;
    if (view !== null) history.replaceState(history.state, '', `${writeAddress(view, rest)}${url.hash}`);
  } catch {
    // Without storage, the address is the only place for it.
  }
  return wanted;
}
