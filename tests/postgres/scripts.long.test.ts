import { type ExecutionResult, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres } from '../support/postgres.js';
import { type StatementsOnBoth, startStatementsOnBoth } from './statementsOnBoth.js';

/** Made-up sentences in fourteen scripts, with marks, cases, digits and forms that fold to others. */
const CORPUS: Readonly<Record<string, string[]>> = {
  Latin: [
    'The harbour of Strelsau is closed',
    'Łódź, naïve café, ﬁnal ﬂag',
    'İstanbul ıssız IŞIK',
    'straße STRASSE',
    'Việt Nam tiếng',
  ],
  Cyrillic: ['Порт Стрельсау закрыт', 'ёлка и ЙОД', 'Київ, Ґанок', 'Љубав њива'],
  Greek: ['Ο Σίσυφος ΣΊΣΥΦΟΣ', 'λιμάνι της Ρουριτανίας', 'ὁ ἄνθρωπος'],
  Arabic: ['ميناء المدينة مغلق', 'أُغلِقَ المِيناء ١٢٣', 'ﻻ إله'],
  Hebrew: ['הנמל סגור', 'שָׁלוֹם עולם', 'יידיש ײַ'],
  Devanagari: ['बंदरगाह बंद है', 'हिन्दी कि की', '१२३ नगर'],
  Bengali: ['বন্দর বন্ধ আছে', 'ঢাকা ১২'],
  Tamil: ['துறைமுகம் மூடப்பட்டது', 'தமிழ் நகரம்'],
  Thai: ['ท่าเรือปิด กรุงเทพ', 'น้ำ ๑๒'],
  Hangul: ['항구가 닫혔다', '김정은 발언', 'ᄒᆞᆫ글 한글'],
  Han: ['港口已關閉 國家', '港口已关闭 国家', '㍿ 株式会社'],
  Kana: ['みなと が とじた', 'ミナト ﾐﾅﾄ ガ ｶﾞ', 'ー長音'],
  Georgian: ['ნავსადგური დახურულია', 'ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ საქართველო'],
  Armenian: ['նավահանգիստը փակ է', 'ՀԱՅԱՍՏԱՆ և եւ'],
  Others: ['𝒽𝒶𝓇𝒷ℴ𝓊𝓇 ℌ① ²', '😀 port 👩‍🚀', 'a\u0301\u0327 \u1e9b\u0323', 'Dž ǆ Ǆ', "o'clock half-open 3.14 1,000"],
};

const summaries = Object.values(CORPUS).flat();

/** Each word, its beginnings, neighbours, and the text in other cases and forms. */
const searches = [
  ...new Set(
    summaries.flatMap((summary) => {
      const words = summary.split(/\s+/);
      return [
        summary,
        summary.toUpperCase(),
        summary.toLowerCase(),
        summary.normalize('NFD'),
        ...words,
        ...words.map((word) => [...word].slice(0, 2).join('')),
        ...words.map((word) => [...word].slice(0, -1).join('')),
        ...words.slice(1).map((word, index) => `${words[index]} ${word}`),
        ...words.slice(1).map((word, index) => `${word} ${words[index]}`),
      ];
    }),
  ),
].filter((search) => search.trim() !== '');

const LIST = parse(`query ($search: String!) {
  statements(filter: { search: $search }, first: 50) { totalCount edges { cursor matchedIn node { id } } }
  ranked: statements(filter: { search: $search }, orderBy: RELEVANCE, first: 50) { totalCount edges { matchedIn node { id } } }
}`);

describe.skipIf(postgres.isMissing)('a search over a corpus in fourteen scripts', postgres.options, () => {
  let both: StatementsOnBoth;
  beforeAll(async () => {
    both = await startStatementsOnBoth(
      summaries.map((summary, index) => {
        const id = `statement:r/${String(index).padStart(4, '0')}`;
        // Half of them are found by a passage.
        return index % 2 === 1 ? { id, summary, passage: summary, isFoundBySummary: false } : { id, summary };
      }),
    );
  });
  afterAll(() => both?.close());

  it('finds, ranks and counts the same in both databases', async () => {
    let hits = 0;
    const different: string[] = [];
    for (const search of searches) {
      const [expected, actual] = await both.executeOnBoth(LIST, { search });
      if (JSON.stringify(actual) !== JSON.stringify(expected)) different.push(search);
      const { data } = expected as ExecutionResult<{ statements: { totalCount: number } }>;
      hits += data?.statements.totalCount ?? 0;
    }

    expect(different).toEqual([]);
    expect(searches.length).toBeGreaterThan(300);
    // Each text is found by its own words.
    expect(hits).toBeGreaterThan(searches.length / 2);
  });
});
