import { Window } from 'happy-dom';
import { expect, vi } from 'vitest';

export interface TestBrowser {
  /** Requests to the graph since the last call: operation name and variables. */
  requests: () => { operationName?: string; variables?: Record<string, unknown> }[];
  /** Warnings and errors on the console. */
  complaints: string[];
  /** The element that React renders into. */
  root: HTMLElement;
  text: (selector: string) => string[];
  /** Clicks the button with this text, if it is there. */
  click: (button: string) => void;
  /** To be called after React has unmounted. */
  close: () => Promise<void>;
}

/** Turns of the event loop after which React has no more work, and more. */
const SCHEDULED_TURNS = 10;

/** Waits as long as a busy machine may take. */
export const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 10 });

/**
 * A document, and a `fetch` that resolves relative URLs against the graph, as a page behind a development server does. React reads these
 * globals when it is loaded, so open it first.
 */
export function openBrowser(graphUrl: string): TestBrowser {
  const window = new Window({ url: graphUrl });
  window.document.body.innerHTML = '<div id="root"></div>';
  const sent: ReturnType<TestBrowser['requests']> = [];
  const { fetch } = globalThis;
  vi.stubGlobal('window', window);
  vi.stubGlobal('document', window.document);
  vi.stubGlobal('navigator', window.navigator);
  vi.stubGlobal('fetch', (input: string, init?: RequestInit) => {
    if (typeof init?.body === 'string') sent.push(JSON.parse(init.body) as (typeof sent)[number]);
    return fetch(new URL(input, graphUrl), init);
  });
  const complaints: string[] = [];
  for (const level of ['warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => complaints.push(parts.map(String).join(' ')));
  const all = (selector: string) => [...window.document.querySelectorAll(selector)];
  return {
    requests: () => sent.splice(0),
    complaints,
    root: window.document.querySelector('#root') as unknown as HTMLElement,
    text: (selector) => all(selector).map(({ textContent }) => textContent ?? ''),
    click: (button) => {
      const found = all('button').find(({ textContent }) => textContent === button);
      expect(found, `There is no button "${button}".`).toBeDefined();
      found?.dispatchEvent(new window.MouseEvent('click', { bubbles: true }));
    },
    close: async () => {
      // React reads `window` in the work that unmounting has scheduled.
      for (let turn = 0; turn < SCHEDULED_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      vi.unstubAllGlobals();
      vi.restoreAllMocks();
      await window.happyDOM.close();
    },
  };
}
