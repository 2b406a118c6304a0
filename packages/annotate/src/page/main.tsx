import { render } from 'preact';
import { App } from './App.js';
import { post } from './request.js';

const root = document.getElementById('app');

/** The token is in the fragment, which browsers send to no server; it is exchanged for a cookie and removed from the address. */
async function signIn(): Promise<void> {
  const [, token] = /^#token=([\w-]+)$/.exec(location.hash) ?? [];
  if (token === undefined) return;
  await post('/api/session', { token });
  history.replaceState(null, '', location.pathname);
}

function show(): void {
  if (!root) return;
  root.replaceChildren();
  render(<App />, root);
}

// The page says why it cannot show the document.
signIn().then(show, show);
