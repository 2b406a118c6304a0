import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { dateLabel, figureText, ReaderPageDocument, type ReaderPageQuery } from '@dossier/client';
import {
  escapeHtml,
  type PageRequest,
  type RenderedPage,
  type StaticPages,
  securityPolicy,
} from '@dossier/http-server';
import { print } from 'graphql';

const FILE = createRequire(import.meta.url).resolve('@dossier/reader/index.html');

interface ReaderView {
  /** The module of the view, in the folder of the views of the reader. */
  module: string;
  title: string;
  description: string;
  /** The parameters of the URL that may name the record that the page is about, the most specific first, and the types of the record. */
  ids: Readonly<Record<string, readonly NodeOf['__typename'][]>>;
}

const ACTORS = ['Person', 'Polity', 'Organization', 'MediaOutlet', 'Group'] as const;

const OVERVIEW =
  'Who said what and who relayed it, which sanctions provisions and figures it concerns, and the exact passage.';

/** The views of the reader by the last part of their path. */
const VIEWS: Readonly<Record<string, ReaderView>> = {
  '': { module: 'home/Home', title: '', description: OVERVIEW, ids: {} },
  document: {
    module: 'document/Document',
    title: 'Document',
    description: 'A document paragraph by paragraph, with each claim in its place.',
    ids: { document: ['Document'], statement: ['Statement'] },
  },
  documents: {
    module: 'documents/Documents',
    title: 'Documents',
    description: 'The documents whose claims are recorded.',
    ids: {},
  },
  said: {
    module: 'said/WhoSaidWhat',
    title: 'Who said what',
    description: 'Each claim on its way from the speaker to the document, and what supports or contradicts it.',
    ids: { statement: ['Statement'] },
  },
  tensions: {
    module: 'tensions/Tensions',
    title: 'Tensions and cautions',
    description: 'Statements that are at odds, with the words of each side, and passages that are easily misread.',
    ids: { tension: ['Tension'], document: ['Document'] },
  },
  timeline: {
    module: 'timeline/Timeline',
    title: 'Timeline',
    description: 'What happened, was planned or is alleged, drawn as wide as the dates are uncertain.',
    ids: { event: ['Event'] },
  },
  sanctions: {
    module: 'sanctions/Sanctions',
    title: 'Sanctions',
    description: 'Provisions, the claims that bear on them, and who was listed on a day.',
    ids: { listing: ['Designation'], provision: ['Provision'], regime: ['Regime'] },
  },
  trade: {
    module: 'trade/Trade',
    title: 'Trade',
    description: 'Figures with their bounds, what was computed from what, and what has no number.',
    ids: { figure: ['TradeFigure'] },
  },
  network: {
    module: 'network/Network',
    title: 'Network',
    description: 'Who spoke to whom, who passed it on, who recognised and who traded with whom.',
    ids: { actor: ACTORS },
  },
  search: {
    module: 'search/Search',
    title: 'Search',
    description: 'Actors, statements, documents, instruments and topics.',
    ids: {},
  },
  actor: {
    module: 'actor/Actor',
    title: 'Actor',
    description: 'Names, offices, listings and statements of an actor.',
    ids: { id: ACTORS },
  },
  place: {
    module: 'actor/Place',
    title: 'Place',
    description: 'Names, events and mentions of a place.',
    ids: { id: ['Place'] },
  },
  instrument: {
    module: 'instrument/Instrument',
    title: 'Instrument',
    description: 'A legal act and its recorded provisions.',
    ids: { id: ['Instrument'] },
  },
};

/** The page is not delayed longer by a slow service; its title is then that of the view. */
const MAX_WAIT_MS = 500;
const MAX_LENGTH = 200;
const QUERY = print(ReaderPageDocument);

/** Characters that are not displayed, or that reorder others. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

function truncate(text: string): string {
  const points = [...text.replace(INVISIBLE, ' ').trim()];
  return points.length > MAX_LENGTH ? `${points.slice(0, MAX_LENGTH - 1).join('')}…` : points.join('');
}

type NodeOf = NonNullable<ReaderPageQuery['node']>;

const namesOf = (actors: readonly ({ name: string } | null)[]): string =>
  actors.flatMap((actor) => (actor ? [actor.name] : [])).join(', ');

/** The title and the description of the page of a record; null for a record without a page. */
function textsOf(node: NodeOf): { title: string; description: string } | null {
  switch (node.__typename) {
    case 'Statement': {
      const { status, speakers, imputedTo } = node.attribution;
      const who = status === 'IMPUTED' ? imputedTo?.name : namesOf(speakers);
      const lead = !who
        ? 'Without a named speaker'
        : status === 'IMPUTED'
          ? `Imputed to ${who}`
          : status === 'INHERITED_UNCERTAIN'
            ? `Probably ${who}`
            : who;
      return { title: node.summary, description: `${lead}. In: ${node.document.title}` };
    }
    case 'Document':
      return {
        title: node.title,
        description: [node.publisher?.name, dateLabel(node.publishedOn)].filter(Boolean).join(', '),
      };
    case 'Person':
    case 'Polity':
    case 'Organization':
    case 'MediaOutlet':
    case 'Group':
      return { title: node.name, description: node.description ?? VIEWS['actor']?.description ?? '' };
    case 'Place':
      return { title: node.name, description: node.description ?? VIEWS['place']?.description ?? '' };
    case 'Tension':
      return { title: node.explanation, description: VIEWS['tensions']?.description ?? '' };
    case 'Event':
      return { title: node.label, description: `${dateLabel(node.date)}, ${node.status.toLowerCase()}` };
    case 'Designation': {
      const { actor, regime, listed, delisted } = node;
      const until = delisted ? `, delisted ${dateLabel(delisted)}` : '';
      return {
        title: `${actor?.name ?? 'An actor'}: ${regime.name}`,
        description: `Listed ${dateLabel(listed)}${until}`,
      };
    }
    case 'Regime':
      return { title: node.name, description: node.note ?? VIEWS['sanctions']?.description ?? '' };
    case 'Instrument':
      return { title: node.symbol, description: node.title };
    case 'Provision':
      return { title: `${node.instrument.symbol}, para. ${node.paragraph}`, description: node.summary };
    case 'TradeFigure':
      return {
        title: `${figureText(node).text}, ${dateLabel(node.period)}`,
        description: `${namesOf([node.reporter, node.partner])}: ${node.flow.toLowerCase()}, ${node.measure.toLowerCase().replaceAll('_', ' ')}`,
      };
    default:
      return null;
  }
}

interface Head {
  status: number;
  title: string;
  description: string;
  isRecord: boolean;
}

/** Executes the operation, but does not wait for it longer than the limit; null without a usable response. */
async function lookUp(id: string, execute: PageRequest['execute']): Promise<ReaderPageQuery | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), MAX_WAIT_MS);
  });
  const answer = execute({ query: QUERY, operationName: 'ReaderPage', variables: { id } }).catch(() => null);
  const result = await Promise.race([answer, late]);
  clearTimeout(timer);
  const isComplete = result !== null && !result.errors && result.data;
  return isComplete ? (result.data as ReaderPageQuery) : null;
}

async function headOf(view: ReaderView, { query, execute }: PageRequest): Promise<Head> {
  const { title, description, ids } = view;
  const base = { status: 200, title, description, isRecord: false };
  const [id, types] = Object.entries(ids)
    .map(([name, allowed]) => [query.get(name), allowed] as const)
    .find(([value]) => value) ?? [null, []];
  if (!id) return base;
  const data = await lookUp(id, execute);
  if (data === null) return base;
  // A record of another type has no page here.
  const texts = data.node && types.includes(data.node.__typename) ? textsOf(data.node) : null;
  return texts ? { ...base, ...texts, isRecord: true } : { ...base, status: 404 };
}

/** A file of the build of the reader, as Vite describes it (https://vite.dev/guide/backend-integration). */
interface BuiltFile {
  file: string;
  imports?: string[];
}

/** Links that load the scripts of a view while those of the page are loading, by view. */
function preloadsOf(manifest: Readonly<Record<string, BuiltFile>>): ReadonlyMap<ReaderView, string> {
  const filesOf = (key: string, found = new Set<string>()): Set<string> => {
    const built = manifest[key];
    if (!built || found.has(built.file)) return found;
    found.add(built.file);
    for (const each of built.imports ?? []) filesOf(each, found);
    return found;
  };
  const ofPage = filesOf('index.html');
  return new Map(
    Object.values(VIEWS).map((view) => {
      const key = `src/views/${view.module}.tsx`;
      if (!manifest[key]) throw new Error(`${FILE} has no view ${view.module}.`);
      const own = [...filesOf(key)].filter((file) => !ofPage.has(file));
      return [view, own.map((file) => `<link rel="modulepreload" crossorigin href="./${file}">`).join('')];
    }),
  );
}

/** A renderer of the page, which has the given title and description in its head, and links to what it loads. */
function createTemplate(
  html: string,
): (head: Pick<Head, 'title' | 'description' | 'isRecord'>, preloads?: string) => string {
  const parts = /^([\s\S]*)<meta name="description"[^>]*>\s*<title>[^<]*<\/title>([\s\S]*)$/.exec(html);
  if (!parts) throw new Error(`${FILE} has no description and title to fill in.`);
  const [, before = '', after = ''] = parts;
  return ({ title, description, isRecord }, preloads = '') => {
    const name = escapeHtml(truncate(title));
    const text = escapeHtml(truncate(description));
    const meta = (property: string, content: string) => `<meta property="og:${property}" content="${content}" />`;
    return [
      `${before}<meta name="description" content="${text}" />`,
      meta('site_name', 'Dossier'),
      meta('type', isRecord ? 'article' : 'website'),
      meta('title', name || 'Dossier'),
      meta('description', text),
      `<title>${name ? `${name} · Dossier` : 'Dossier'}</title>${preloads}${after}`,
    ].join('\n    ');
  };
}

/** Only scripts, styles and requests of this gateway: no inline scripts or styles, and no script from a string other than the URL of the worker (trusted types). */
const policy = (frameAncestors: string): string =>
  securityPolicy({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    // A chart is drawn from a blob of the page itself when it is saved as a bitmap.
    'img-src': "'self' blob:",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': frameAncestors,
    'require-trusted-types-for': "'script'",
    // The network is laid out by a worker, whose policy allows its own script.
    'worker-src': "'self'",
    'trusted-types': 'layout-worker',
  });

/**
 * The pages of the reader. A path with the name of a view is answered with the page, whose head describes the record that the URL names. No
 * other site may show them in a frame, except `embed.html`: a chart or a claim, with links that open in a window of their own, and nothing
 * that a deceived click could change.
 */
export const readerPages = (): StaticPages => {
  const folder = dirname(FILE);
  const render = createTemplate(readFileSync(FILE, 'utf8'));
  const preloads = preloadsOf(JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')));
  return {
    title: 'Read it as pages',
    at: '/reader',
    folder,
    page: async (request): Promise<RenderedPage> => {
      const view = Object.hasOwn(VIEWS, request.name) ? VIEWS[request.name] : undefined;
      if (!view)
        return { status: 404, html: render({ title: 'No such page', description: OVERVIEW, isRecord: false }) };
      const { status, ...head } = await headOf(view, request);
      return { status, html: render(head, preloads.get(view)) };
    },
    headers: {
      'content-security-policy': policy("'none'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
    headersOf: { 'embed.html': { 'content-security-policy': policy('*') } },
  };
};
