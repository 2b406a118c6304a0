import { type ComponentType, createElement, Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ViewName } from '../address.js';
import { type MessageKey, t } from '../messages/messages.js';
import { Loading } from '../parts/Loading.js';
import { FailedNotice } from '../parts/Unavailable.js';

interface View {
  title: MessageKey;
  load: () => Promise<{ default: ComponentType }>;
}

/** Each view is loaded when it is first opened. */
export const views: Record<ViewName, View> = {
  '': { title: 'view.overview', load: () => import('./home/Home.js') },
  document: { title: 'view.document', load: () => import('./document/Document.js') },
  documents: { title: 'view.documents', load: () => import('./documents/Documents.js') },
  said: { title: 'view.said', load: () => import('./said/WhoSaidWhat.js') },
  tensions: { title: 'view.tensions', load: () => import('./tensions/Tensions.js') },
  timeline: { title: 'view.timeline', load: () => import('./timeline/Timeline.js') },
  sanctions: { title: 'view.sanctions', load: () => import('./sanctions/Sanctions.js') },
  trade: { title: 'view.trade', load: () => import('./trade/Trade.js') },
  network: { title: 'view.network', load: () => import('./network/Network.js') },
  search: { title: 'view.search', load: () => import('./search/Search.js') },
  actor: { title: 'view.actor', load: () => import('./actor/Actor.js') },
  place: { title: 'view.place', load: () => import('./actor/Place.js') },
  instrument: { title: 'view.instrument', load: () => import('./instrument/Instrument.js') },
};

/** The views of the menu, in its order. The others are reached from links. */
export const MENU: readonly ViewName[] = [
  '',
  'documents',
  'said',
  'tensions',
  'timeline',
  'sanctions',
  'trade',
  'network',
];

const loaded = new Map<ViewName, ComponentType>();

/** What every view offers below its content. Its code is loaded after that of the view. */
function LazyTools({ view }: { view: ViewName }) {
  const [Tools, setTools] = useState<ComponentType<{ view: ViewName }> | null>(null);
  useEffect(() => {
    let left = false;
    // Without it, the view is still complete.
    import('../export/PageTools.js').then(
      ({ default: tools }) => !left && setTools(() => tools),
      () => {},
    );
    return () => {
      left = true;
    };
  }, []);
  return Tools && createElement(Tools, { view });
}

/** Loads the code of a view. The page links to it, so that it is loaded with that of the page. Never rejects. */
export async function loadView(name: ViewName | null): Promise<void> {
  if (name === null || loaded.has(name)) return;
  try {
    loaded.set(name, (await views[name].load()).default);
  } catch {
    // The view loads it again, and says why it cannot.
  }
}

/** A view whose code is loaded on first use. */
export function LazyView({ name }: { name: ViewName }) {
  const [, setReady] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const [time, setTime] = useState(0);
  const { title, load } = views[name];
  // `time` changes on each retry.
  useEffect(() => {
    setFailure(null);
    if (loaded.has(name)) return;
    let left = false;
    load().then(
      ({ default: view }) => {
        loaded.set(name, view);
        if (!left) setReady((count) => count + 1);
      },
      () => !left && setFailure(t('page.failed')),
    );
    return () => {
      left = true;
    };
  }, [name, time]);
  const view = loaded.get(name);
  if (view)
    return createElement(
      Fragment,
      { key: name },
      createElement('div', { class: 'view' }, createElement(view, {})),
      createElement(LazyTools, { view: name }),
    );
  if (failure)
    return createElement(FailedNotice, { what: t(title), failure, retry: () => setTime((last) => last + 1) });
  return createElement(Loading, { what: t('page.opening', { name: t(title) }) });
}
