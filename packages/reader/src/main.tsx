import { render } from 'preact';
import { App } from './App.js';
import { address, startRouting } from './route.js';
import { loadView } from './views/index.js';

const root = document.getElementById('app');
if (root) {
  startRouting();
  // Rendered once, with its view: a slow device would lay the page out twice before it sends the first query.
  await loadView(address.peek().view);
  root.replaceChildren();
  render(<App />, root);
}
