import { render } from 'preact';
import { isLanguage } from '../messages/chooseLanguage.js';
import { language, loadLanguage } from '../messages/messages.js';
import { Embed } from './Embed.js';

const root = document.getElementById('app');
if (root) {
  const params = new URLSearchParams(location.search);
  const wanted = params.get('lang');
  // The code of the frame names the language, which fits the page around it. Without the messages, it is English.
  if (isLanguage(wanted)) await loadLanguage(wanted).catch(() => {});
  document.documentElement.lang = language();
  root.replaceChildren();
  render(<Embed params={params} />, root);
}
