// What each view of the reader costs a browser: bytes, requests, elements, times, layout shifts and the longest task.

/** The views of a graph by name, with records of it. A graph without events or places has no views of them. */
export function viewsOf({
  statement,
  later,
  document,
  actor,
  body,
  name,
  provision,
  figure,
  event,
  instrument,
  place,
  listing,
}) {
  const id = encodeURIComponent;
  const views = {
    overview: '',
    documents: 'documents',
    document: `document?document=${id(document)}`,
    statements: 'said',
    filtered: `said?speaker=${id(actor)}&words=commonly`,
    statement: `said?statement=${id(statement)}`,
    'later statement': `said?statement=${id(later)}`,
    tensions: 'tensions',
    'tensions of a document': `tensions?document=${id(document)}`,
    comparison: `tensions?compare=${id(statement)},${id(later)}`,
    timeline: 'timeline',
    sanctions: 'sanctions',
    provision: `sanctions?provision=${id(provision)}`,
    instrument: `instrument?id=${id(instrument)}`,
    trade: 'trade',
    figure: `trade?figure=${id(figure)}`,
    network: 'network',
    neighbourhood: `network?actor=${id(actor)}`,
    actor: `actor?id=${id(actor)}`,
    body: `actor?id=${id(body)}`,
    search: 'search?q=commonly',
    'search by name': `search?q=${id(name)}`,
  };
  return {
    ...views,
    ...(event && { event: `timeline?event=${id(event)}` }),
    ...(place && { place: `place?id=${id(place)}` }),
    ...(listing && { listing: `sanctions?listing=${id(listing)}` }),
  };
}

const RECORDS = `{
  statements(first: 1) { nodes { id document { id } } }
  later: statements(last: 1) { nodes { id } }
  speakers: statements(first: 0) { facets { speakers { id actor { name } } } }
  provisions(first: 1) { nodes { id instrument { id } } }
  places(first: 1) { nodes { id } }
  tradeFigures(first: 1) { nodes { id } }
  events(first: 1) { nodes { id } }
  designations(first: 1) { nodes { id } }
  regimes(first: 1) { nodes { authority { id } } }
}`;

/** Records of a graph to open: the actor is the one who speaks most. */
export async function recordsOf(url) {
  const response = await fetch(`${url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: RECORDS }),
  });
  const { data } = await response.json();
  const first = ({ nodes: [node] }) => node?.id;
  return {
    statement: first(data.statements),
    later: first(data.later),
    document: data.statements.nodes[0].document.id,
    actor: data.speakers.facets.speakers[0].id,
    name: data.speakers.facets.speakers[0].actor.name,
    body: data.regimes.nodes[0].authority.id,
    provision: first(data.provisions),
    instrument: data.provisions.nodes[0].instrument.id,
    figure: first(data.tradeFigures),
    event: first(data.events),
    place: first(data.places),
    listing: first(data.designations),
  };
}

/** Mobile conditions: 1.6 Mbit/s, 150 ms per round trip, and a CPU that is four times slower. */
const SLOW = { cpu: 4, bytesPerSecond: (1.6 * 1024 * 1024) / 8, latency: 150 };
/** Time to wait for late requests and layout shifts after a view is complete, in milliseconds. */
const AFTERWARDS = 500;
const MAX_WAIT = 120_000;

/** What a later visit has in the cache of the browser. */
const FILES = new Set(['Script', 'Stylesheet', 'Font']);

/** Opens a view in a new context, without any cache, and measures it until it is complete. Times are in milliseconds. */
export async function measureView(
  browser,
  url,
  address,
  { isSlow = false, viewport = { width: 1280, height: 900 } } = {},
) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  if (isSlow) {
    await client.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: SLOW.latency,
      downloadThroughput: SLOW.bytesPerSecond,
      uploadThroughput: SLOW.bytesPerSecond,
    });
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOW.cpu });
  }
  let [requests, bytes, fileBytes] = [0, 0, 0];
  const types = new Map();
  client.on('Network.requestWillBeSent', ({ requestId, type }) => {
    requests += 1;
    types.set(requestId, type);
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    if (FILES.has(types.get(requestId))) fileBytes += encodedDataLength;
  });
  await page.addInitScript(() => {
    const seen = { lcp: 0, cls: 0, longest: 0 };
    globalThis.seen = seen;
    const observe = (type, onEntry) =>
      new PerformanceObserver((list) => list.getEntries().forEach(onEntry)).observe({ type, buffered: true });
    observe('largest-contentful-paint', ({ startTime }) => {
      seen.lcp = startTime;
    });
    observe('layout-shift', ({ value, hadRecentInput }) => {
      if (!hadRecentInput) seen.cls += value;
    });
    observe('longtask', ({ duration }) => {
      seen.longest = Math.max(seen.longest, duration);
    });
  });
  await page.goto(`${url}reader/${address}`);
  await page.waitForFunction(
    () => document.querySelector('main h1') !== null && document.querySelector('.loading') === null,
    null,
    { timeout: MAX_WAIT },
  );
  const complete = await page.evaluate(() => performance.now());
  await page.waitForTimeout(AFTERWARDS);
  const { lcp, cls, longest, nodes } = await page.evaluate(() => ({
    ...globalThis.seen,
    nodes: document.querySelectorAll('*').length,
  }));
  await context.close();
  return { requests, bytes, fileBytes, nodes, lcp, cls, longest, complete };
}
