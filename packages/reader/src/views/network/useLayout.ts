import { useEffect, useRef, useState } from 'preact/hooks';
import type { LayoutRequest, LayoutResult, NetworkLayout } from './layout.js';
import scriptUrl from './layout.worker.js?worker&url';

/** The content security policy allows scripts from strings only by this policy, which allows one. */
const POLICY = 'layout-worker';

interface TrustedTypes {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string };
}

let trustedUrl: string | null = null;

/** The worker, or null if the browser cannot start one: the list has the same content as the picture. */
function startWorker(): Worker | null {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  try {
    trustedUrl ??=
      trustedTypes?.createPolicy(POLICY, { createScriptURL: () => scriptUrl }).createScriptURL(scriptUrl) ?? scriptUrl;
    return new Worker(trustedUrl, { type: 'module' });
  } catch {
    return null;
  }
}

/** The layout of some ties, computed in a worker; null until it is there. While other ties are laid out, the previous layout stays. */
export function useLayout(request: LayoutRequest | null): { placed: NetworkLayout | null; isPlacing: boolean } {
  const worker = useRef<Worker | null>(null);
  const last = useRef(0);
  const [state, setState] = useState<{ of: LayoutRequest | null; placed: NetworkLayout | null }>({
    of: null,
    placed: null,
  });
  // While the data is loading.
  useEffect(() => {
    worker.current = startWorker();
    return () => worker.current?.terminate();
  }, []);
  useEffect(() => {
    const finish = (placed: NetworkLayout | null): void => setState({ of: request, placed });
    if (!request || !worker.current) {
      finish(null);
      return;
    }
    last.current += 1;
    const number = last.current;
    const end = new AbortController();
    worker.current.addEventListener(
      'message',
      ({ data }: MessageEvent<LayoutResult>) => void (data.number === number && finish(data.placed)),
      end,
    );
    worker.current.addEventListener('error', () => finish(null), end);
    worker.current.postMessage({ number, request });
    return () => end.abort();
  }, [request]);
  return { placed: request && state.placed, isPlacing: state.of !== request };
}
