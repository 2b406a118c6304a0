import { render } from 'preact';
import { Embed } from './Embed.js';

const root = document.getElementById('app');
if (root) {
  root.replaceChildren();
  render(<Embed params={new URLSearchParams(location.search)} />, root);
}
