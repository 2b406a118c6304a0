import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { VIEWS } from '@dossier/reader/address';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph, type TestGraph } from '../support/graph.js';

/** Of the first view, with all that it loads. */
const FIRST_VIEW = 80 * 1024;
/** Of what each further view adds. */
const FURTHER_VIEW = 40 * 1024;
const folder = dirname(createRequire(import.meta.url).resolve('@dossier/reader/index.html'));

interface Built {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}

const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Built>;

/** A file with all files that it loads. */
function filesOf(key: string, found = new Set<string>()): Set<string> {
  const built = manifest[key];
  if (!built || found.has(built.file)) return found;
  found.add(built.file);
  for (const file of built.css ?? []) found.add(file);
  for (const each of built.imports ?? []) filesOf(each, found);
  return found;
}

const views = (manifest['index.html']?.dynamicImports ?? []).filter((key) => key.includes('/views/'));
/** Scripts, without that of the page itself, which is no link. */
const isLinked = (file: string): boolean => file.endsWith('.js') && file !== manifest['index.html']?.file;

/** Bytes as browsers get them, which accept Brotli. */
const compressed = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + readFileSync(join(folder, `${file}.br`)).length, 0);

describe('the files of the reader', () => {
  const tools = 'src/export/PageTools.tsx';
  const first = new Set([
    ...filesOf('index.html'),
    ...filesOf(tools),
    ...filesOf('src/views/home/Home.tsx'),
    'index.html',
  ]);

  it('are split by view: each is within the budget of a first view, and what it adds within that of a further one', () => {
    expect(views.length).toBe(VIEWS.length);
    for (const view of views) {
      const whole = new Set([...filesOf('index.html'), ...filesOf(tools), ...filesOf(view), 'index.html']);
      expect(compressed(whole), view).toBeLessThan(FIRST_VIEW);
      const added = [...filesOf(view)].filter((file) => !first.has(file));
      expect(compressed(added), view).toBeLessThan(FURTHER_VIEW);
    }
  });
});

describe('the reader served by the gateway', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.close());

  it('is a page that runs only its own script and is revalidated on each visit', async () => {
    const response = await fetch(`${graph.url}reader`);

    expect(response.status).toBe(200);
    expect(new URL(response.url).pathname).toBe('/reader/');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('serves hashed files as immutable, compressed if the client accepts that', async () => {
    const [script] = [...filesOf('index.html')];

    const response = await fetch(`${graph.url}reader/${script}`, { headers: { 'accept-encoding': 'br' } });

    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe('br');
    expect(await response.text()).toBe(readFileSync(join(folder, script ?? ''), 'utf8'));
  });

  it('allows other sites to show only its page for embedding', async () => {
    const policies = await Promise.all(
      ['reader/', 'reader/embed.html'].map(async (path) =>
        (await fetch(`${graph.url}${path}`)).headers.get('content-security-policy'),
      ),
    );

    expect(policies[0]).toContain("frame-ancestors 'none'");
    expect(policies[1]).toContain('frame-ancestors *');
    expect(policies[1]).toContain("script-src 'self';");
  });

  const page = (path: string, accept = 'text/html') => fetch(`${graph.url}reader/${path}`, { headers: { accept } });

  it.each(VIEWS)('answers the path of the view "%s" with the page', async (view) => {
    const response = await page(view);

    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<div id="app">');
  });

  it.each(VIEWS)('links to the scripts of the view "%s" only, so that they load at once', async (view) => {
    const html = await (await page(view)).text();

    const linked = [...html.matchAll(/<link rel="modulepreload"[^>]* href="\.\/([^"]+)"/g)].map(([, file]) => file);
    const built = views.filter((key) => linked.includes(manifest[key]?.file));
    expect(built).toHaveLength(1);
    expect(new Set(linked)).toEqual(
      new Set([...filesOf('index.html'), ...filesOf(built[0] ?? '')].filter((file) => isLinked(file))),
    );
  });

  it.each([
    ['said?statement=statement:memri-sd-10149/S06', 'statement { summary }'],
    ['document?document=document:memri-sd-10149', 'document { title }'],
    ['actor?id=person:kim-jong-un', 'actor { name }'],
    ['timeline?event=event:memri-sd-10149/E05', 'event { label }'],
    ['instrument?id=instrument:unscr-2397', 'instrument { symbol }'],
    ['tensions?tension=tension:memri-sd-10149/T01', 'node { ... on Tension { explanation } }'],
  ])('has the title of the record in its head: %s', async (path, selection) => {
    const [, field = '', fields = ''] = /^(\w+) (\{.+)$/.exec(selection) ?? [];
    const name = /\w+(?=[ }]+$)/.exec(fields)?.[0] ?? '';
    const id = decodeURIComponent(path.split('=')[1] ?? '');
    const { data } = await graph.query(`{ ${field}(id: ${JSON.stringify(id)}) ${fields} }`);
    const expected = (data as Record<string, Record<string, string>>)[field]?.[name] as string;

    const html = await (await page(path)).text();

    expect(html).toContain(`<title>${expected.replaceAll('&', '&amp;').replaceAll("'", '&#39;')} · Dossier</title>`);
    expect(html).toContain(
      `<meta property="og:title" content="${expected.replaceAll('&', '&amp;').replaceAll("'", '&#39;')}" />`,
    );
    expect(html).toMatch(/<meta name="description" content="[^"]+" \/>/);
    expect(html).toMatch(/<meta property="og:description" content="[^"]+" \/>/);
  });

  it('answers an unknown id with 404 and the page, whose script explains it', async () => {
    for (const path of [
      'actor?id=person:nobody',
      'said?statement=nonsense',
      'document?document=document:none',
      'tensions?tension=tension:none',
      // Records of other types.
      'actor?id=statement:memri-sd-10149/S06',
      'document?document=person:kim-jong-un',
    ]) {
      const response = await page(path);

      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.text()).toContain('<div id="app">');
    }
  });

  it('leads from a path with a slash at its end to the page, behind any prefix', async () => {
    const response = await fetch(`${graph.url}reader/said/?words=grain`, { redirect: 'manual' });

    expect(response.status).toBe(301);
    expect(response.headers.get('location')).toBe('../said?words=grain');
    expect((await page('said/?words=grain')).url).toBe(`${graph.url}reader/said?words=grain`);
  });

  it('answers an unknown path with 404: with the page for a browser, in JSON for other clients', async () => {
    const [forBrowser, forOthers] = [await page('nothing'), await page('nothing', '*/*')];

    expect([forBrowser.status, forOthers.status]).toEqual([404, 404]);
    expect(forBrowser.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(forBrowser.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(forOthers.headers.get('content-type')).toContain('application/json');
  });

  it.each([
    ['reader/%E0%A4%A', 400, 'BAD_REQUEST'],
    ['graphql%zz', 400, 'BAD_REQUEST'],
    ['nowhere', 404, 'NOT_FOUND'],
    ['reader/said/more', 404, 'NOT_FOUND'],
    ['reader/<b>.txt', 404, 'NOT_FOUND'],
  ])(
    'answers the path /%s with %i: with a page that leads on for a browser, in JSON for other clients',
    async (path, status, code) => {
      const url = `${graph.url}${path}`;
      const [forBrowser, forOthers] = [await fetch(url, { headers: { accept: 'text/html' } }), await fetch(url)];
      const html = await forBrowser.text();

      expect([forBrowser.status, forOthers.status]).toEqual([status, status]);
      expect(forBrowser.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(forBrowser.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(forBrowser.headers.get('vary')).toContain('accept');
      const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => new URL(href ?? '', url).href);
      expect(links).toEqual([`${graph.url}reader/`, graph.url]);
      expect(html).not.toContain('<b>');
      expect(await forOthers.json()).toMatchObject({ errors: [{ extensions: { code } }] });
    },
  );

  it('has a head that no id can break out of', async () => {
    for (const id of ['"><script>alert(1)</script>', "' onload='x", '</title><b>', '&quot;&#34;']) {
      const html = await (await page(`actor?id=${encodeURIComponent(id)}`)).text();

      expect(html).not.toContain(id);
      expect(html.match(/<script/g)).toHaveLength(1);
    }
  });

  it.each([
    'reader/nothing',
    'reader/assets/nothing.js',
    'reader/.vite/manifest.json',
    'reader/..%2f..%2fpackage.json',
    'readers',
  ])('returns 404 in JSON for the unknown path /%s', async (path) => {
    const response = await fetch(`${graph.url}${path}`);

    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });
});
