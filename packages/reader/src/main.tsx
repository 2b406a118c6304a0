import { render } from 'preact';
import { App } from './App.js';
import { chooseLanguage } from './messages/chooseLanguage.js';
import { language, loadLanguage } from './messages/messages.js';
import { startRouting } from './route.js';

const root = document.getElementById('app');
if (root) {
  // If the messages cannot be loaded, the pages are in English.
  await loadLanguage(chooseLanguage()).catch(() => {});
  document.documentElement.lang = language();
  startRouting();
  root.replaceChildren();
  render(<App />, root);
}
