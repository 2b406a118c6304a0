import { type ComponentType, createElement, Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ViewName } from '../address.js';
import { Loading } from '../parts/Loading.js';
import { FailedNotice } from '../parts/Unavailable.js';

interface View {
  title: string;
  /** For the menu, which has less room. */
  short: string;
  load: () => Promise<{ default: ComponentType }>;
}

/** Each view is loaded when it is first opened. */
export const views: Record<ViewName, View> = {
  '': { title: 'Overview', short: 'Overview', load: () => import('./home/Home.js') },
  document: { title: 'Document', short: 'Document', load: () => import('./document/Document.js') },
  said: { title: 'Who said what', short: 'Who said what', load: () => import('./said/WhoSaidWhat.js') },
  timeline: { title: 'Timeline', short: 'Timeline', load: () => import('./timeline/Timeline.js') },
  sanctions: { title: 'Sanctions', short: 'Sanctions', load: () => import('./sanctions/Sanctions.js') },
  trade: { title: 'Trade', short: 'Trade', load: () => import('./trade/Trade.js') },
  tensions: { title: 'Tensions and cautions', short: 'Tensions', load: () => import('./tensions/Tensions.js') },
  network: { title: 'Network', short: 'Network', load: () => import('./network/Network.js') },
};

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
      () => !left && setFailure('This part of the pages could not be loaded.'),
    );
    return () => {
      left = true;
    };
  }, [name, time]);
  const view = loaded.get(name);
  if (view)
    return createElement(Fragment, { key: name }, createElement(view, {}), createElement(LazyTools, { view: name }));
  if (failure) return createElement(FailedNotice, { what: title, failure, retry: () => setTime((last) => last + 1) });
  return createElement(Loading, { what: `Opening ${title}` });
}
