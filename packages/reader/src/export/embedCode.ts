import { endpoint } from '../graph/endpoint.js';
import { language } from '../messages/messages.js';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** Height of the frame, in pixels: enough for a chart with its key and source in a column of 640 pixels. */
const HEIGHT = 600;

/** HTML that shows a chart or a claim in a page of another site. */
export function embedCode(params: Readonly<Record<string, string>>, title: string): string {
  const url = new URL(`reader/embed.html?${new URLSearchParams({ ...params, lang: language() })}`, endpoint());
  return `<iframe src="${escapeHtml(url.href)}" title="${escapeHtml(title)}" width="100%" height="${HEIGHT}" loading="lazy" style="border:0"></iframe>`;
}
