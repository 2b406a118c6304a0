import { render } from 'preact';
import { App } from './App.js';
import { startRouting } from './route.js';

const root = document.getElementById('app');
if (root) {
  startRouting();
  root.replaceChildren();
  render(<App />, root);
}
