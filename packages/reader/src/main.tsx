import { render } from 'preact';
import { App } from './App.js';
import { chooseLanguage } from './messages/chooseLanguage.js';
import { language, loadLanguage } from './messages/messages.js';
import { address, startRouting } from './route.js';
import { loadView } from './views/index.js';

const root = document.getElementById('app');
if (root) {
  // If the messages cannot be loaded, the pages are in English.
  await loadLanguage(chooseLanguage()).catch(() => {});
  document.documentElement.lang = language();
  startRouting();
  // Rendered once, with its view: a slow device would lay the page out twice before it sends the first query.
  await loadView(address.peek().view);
  root.replaceChildren();
  render(<App />, root);
}
