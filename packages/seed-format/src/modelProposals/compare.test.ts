import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodePointText, passageDigest } from '@dossier/domain/facts';
import { afterEach, describe, expect, it } from 'vitest';
import { mountDocuments } from '../mounted.js';
import { asRecord, listOf, passageOf, type RawRecord, SeedRecords } from '../proposals/seedRecords.js';
import { TextMatcher } from '../textMatch.js';
import type { ChatRequest } from './chatClient.js';
import { scoresOf } from './compare.js';
import { type Recorded, recordedIn } from './recorded.js';
import { planModelRun, runModel } from './run.js';

const BY = { model: 'made-up-1', prompt: '1' };
const proposal = (at: [number, number], more: object = {}) => ({
  id: `S${at.join('-')}`,
  kind: 'statement' as const,
  at,
  digest: '0123456789abcdef',
  by: BY,
  type: 'WISH' as const,
  modality: 'ASSERTED' as const,
  status: 'EXPLICIT' as const,
  speakers: [{ of: 'rupert' }],
  relayChain: [],
  ...more,
});
const record = (id: string, at: [number, number], more: object = {}) => ({
  id,
  parts: [at],
  status: 'EXPLICIT',
  speakers: ['rupert'],
  relayChain: [],
  ...more,
});
const recorded = (more: Partial<Recorded>): Recorded => ({
  statements: [],
  quotations: [],
  figures: [],
  links: [],
  ...more,
});
const counts = (scores: ReturnType<typeof scoresOf>, kind: string) => {
  const score = scores.find((each) => each.kind === kind);
  return [score?.proposed, score?.recorded, score?.matching];
};

describe('a comparison of proposals and records', () => {
  it('counts a statement if at least half of the text of both is shared, and each record once', () => {
    const scores = scoresOf(
      [proposal([0, 100]), proposal([0, 90]), proposal([200, 240]), proposal([500, 600])],
      recorded({ statements: [record('S01', [0, 95]), record('S02', [200, 300]), record('S03', [700, 800])] }),
    );

    expect(counts(scores, 'statements')).toEqual([4, 3, 1]);
  });

  it('counts an attribution only with the same status and speakers, and a relay chain only in the same order', () => {
    const chain = { relayChain: [{ of: 'radio' }, { of: 'post' }] };
    const scores = scoresOf(
      [
        proposal([0, 10], chain),
        proposal([20, 30], chain),
        proposal([40, 50], { speakers: [{ of: 'rupert' }, { of: 'helga' }] }),
        proposal([60, 70], { speakers: [{ at: [0, 5], digest: '0123456789abcdef' }] }),
      ],
      recorded({
        statements: [
          record('S01', [0, 10], { relayChain: ['radio', 'post'] }),
          record('S02', [20, 30], { relayChain: ['post', 'radio'] }),
          record('S03', [40, 50]),
          record('S04', [60, 70]),
        ],
      }),
    );

    expect(counts(scores, 'statements')).toEqual([4, 4, 4]);
    expect(counts(scores, 'attributions')).toEqual([4, 4, 2]);
    expect(counts(scores, 'relay chains')).toEqual([2, 2, 1]);
  });

  it('counts a figure only with the same value and unit, and a link only with the same provision', () => {
    const common = { digest: '0123456789abcdef', by: BY };
    const figure = (at: [number, number], value: string) => ({
      ...common,
      id: `F${at.join('-')}`,
      kind: 'figure' as const,
      at,
      within: { at, digest: common.digest },
      measure: 'TRADE_VALUE' as const,
      flow: 'EXPORT' as const,
      value,
      unit: 'EUR',
      qualifier: 'EXACT' as const,
    });
    const link = (provision: string) => ({
      ...common,
      id: 'L0-10-0000',
      kind: 'link' as const,
      at: [0, 10] as [number, number],
      provision,
      relation: 'POSSIBLE_BREACH' as const,
      confidence: 'LOW' as const,
    });
    const scores = scoresOf(
      [figure([0, 10], '5'), figure([20, 30], '6'), link('act-1/2'), link('act-1/3')],
      recorded({
        figures: [
          { id: 'F01', parts: [[0, 40]], value: '5', unit: 'EUR' },
          { id: 'F02', parts: [[0, 40]], value: '7', unit: 'EUR' },
        ],
        links: [{ id: 'L01', parts: [[0, 10]], target: 'act-1/2' }],
      }),
    );

    expect(counts(scores, 'figures')).toEqual([2, 2, 1]);
    expect(counts(scores, 'links')).toEqual([2, 1, 1]);
  });
});

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const SEEDS = resolve(ROOT, 'seeds');
const DOCUMENT = 'memri-sd-10149';
const documentsDir = process.env['DOCUMENTS_DIR'] ? resolve(ROOT, process.env['DOCUMENTS_DIR']) : null;

describe.skipIf(!documentsDir || !existsSync(resolve(SEEDS, DOCUMENT)))(
  'a stand-in that answers with the records of the first document',
  { meta: { needs: 'DOCUMENTS_DIR (the texts of the documents)' } },
  () => {
    const roots: string[] = [];
    afterEach(() => {
      for (const root of roots.splice(0)) rmSync(root, { recursive: true });
    });

    async function measure(distort: (reply: Reply) => Reply) {
      const seedsDir = mkdtempSync(join(tmpdir(), 'dossier-benchmark-'));
      roots.push(seedsDir);
      const seeds = new SeedRecords(SEEDS);
      const document = seeds.document(DOCUMENT) ?? {};
      const id = `document:${DOCUMENT}`;
      const text = mountDocuments(documentsDir, [{ id, sha256: String(document['sha256']) }]).get(id)?.text;
      if (!text) throw new Error('The text of the first document is not mounted.');
      const options = { model: 'made-up-1', url: 'https://models.invalid/v1', maxTokens: 0, prices: null };
      const plan = planModelRun({ seeds, folder: DOCUMENT, document, text }, seedsDir, options);
      const client = {
        complete: ({ user }: ChatRequest) => {
          const { paragraph } = JSON.parse(user) as { paragraph: { number: number } };
          const content = JSON.stringify(distort(replyFrom(seeds, document, text, paragraph.number)));
          return Promise.resolve({ content, usage: { input: 0, output: 0 } });
        },
      };
      await runModel(plan, { client, seedsDir, report: () => {}, redact: (each) => each, writeReview: () => [] });
      const proposals = plan.run.paragraphs.flatMap((paragraph) => paragraph.proposals);
      for (const { at, digest } of proposals) expect(digest).toBe(passageDigest(text.slice(...at)));
      return {
        scores: scoresOf(proposals, recordedIn(seeds, DOCUMENT)),
        faults: plan.run.paragraphs.flatMap(({ dropped }) => dropped),
      };
    }

    it('is found to agree with them, as far as a reply about one paragraph can say what they do', async () => {
      const { scores, faults } = await measure((reply) => reply);

      expect(scores).toEqual([
        { kind: 'statements', proposed: 79, recorded: 79, matching: 79 },
        { kind: 'attributions', proposed: 79, recorded: 79, matching: 79 },
        // The others have a carrier whose name is lost.
        { kind: 'relay chains', proposed: 73, recorded: 73, matching: 70 },
        // The other one is in several paragraphs.
        { kind: 'quotations', proposed: 14, recorded: 15, matching: 14 },
        // The others have no quantity in words.
        { kind: 'figures', proposed: 5, recorded: 11, matching: 5 },
        // The other one is of a statement with several passages, of which a reply names the first.
        { kind: 'links', proposed: 35, recorded: 35, matching: 34 },
      ]);
      expect(faults).toEqual([]);
    });

    it('loses in recall and attribution, but not in precision of passages, if it lies', async () => {
      const { scores, faults } = await measure((reply) => ({
        ...reply,
        statements: reply.statements.map((statement, index) => ({
          ...statement,
          speakers: [{ id: 'nobody', name: null }],
          ...(index === 0 && { passages: [{ words: 'These words are made up.' }] }),
        })),
      }));

      const [statements, attributions] = scores;
      expect(statements).toEqual({ kind: 'statements', proposed: 56, recorded: 79, matching: 56 });
      // Those that are imputed, or of nobody.
      expect(attributions?.matching).toBe(5);
      expect(new Set(faults.map(({ fault }) => fault))).toEqual(new Set(['NOT_IN_PARAGRAPH', 'UNKNOWN_ID']));
    });
  },
);

interface Reply {
  statements: { speakers: object[]; passages: { words: string }[] }[];
  quotations: object[];
  figures: object[];
  links: object[];
}

const NOWHERE: [number, number] = [0, 0];
const positionOf = (passage: RawRecord): [number, number] => passageOf(passage)?.at ?? NOWHERE;

/** The reply of a model that knows the records: those of which all passages are in the paragraph. */
function replyFrom(seeds: SeedRecords, document: RawRecord, text: CodePointText, number: number): Reply {
  const paragraph = positionOf(listOf(document['paragraphs']).find((each) => each['number'] === number) ?? {});
  const matcher = new TextMatcher(new CodePointText(text.slice(...paragraph)));
  const quote = (at: readonly [number, number]) => {
    const words = text.slice(...at);
    const index = matcher.find(words).findIndex(({ start }) => paragraph[0] + start === at[0]);
    return { words, occurrence: index + 1, before: null, after: null };
  };
  const positions = (record: RawRecord) => listOf(record['passages']).map(positionOf);
  const firstOf = (record: RawRecord) => positions(record)[0] ?? NOWHERE;
  const isHere = (record: RawRecord) =>
    positions(record).length > 0 && positions(record).every((at) => paragraph[0] <= at[0] && at[1] <= paragraph[1]);
  const records = (stem: string, section: string) => seeds.section(DOCUMENT, stem, section).filter(isHere);
  const party = (id: unknown) => (typeof id === 'string' ? { id, name: null } : null);
  const parties = (ids: unknown) => (Array.isArray(ids) ? ids : []).map((id: unknown) => ({ id, name: null }));
  const statements = records('statements', 'statements');
  return {
    statements: statements.map((record) => {
      const attribution = asRecord(record['attribution']) ?? {};
      return {
        passages: positions(record).map(quote),
        kind: record['kind'],
        modality: record['modality'],
        status: attribution['status'],
        speakers: parties(attribution['speakers']),
        imputedTo: party(attribution['imputedTo']),
        imputedBy: party(attribution['imputedBy']),
        relayChain: listOf(attribution['relayChain']).map(({ carrier }) => ({ id: carrier ?? null, name: null })),
        saidOn: null,
      };
    }),
    quotations: records('statements', 'quotations').map((record) => ({
      passage: quote(firstOf(record)),
      kind: record['kind'],
      level: record['level'],
      speaker: party(record['speaker']),
    })),
    figures: records('trade', 'figures').flatMap((record) => {
      const within = firstOf(record);
      const stated = new TextMatcher(new CodePointText(text.slice(...within))).find(String(record['statedAs']))[0];
      if (record['derivation'] || !stated) return [];
      return {
        passage: quote(within),
        statedAs: quote([within[0] + stated.start, within[0] + stated.end]),
        measure: record['measure'],
        flow: record['flow'],
        reporter: party(record['reporter']),
        partner: party(record['partner']),
        period: null,
        value: record['value'] ?? null,
        unit: record['unit'] ?? null,
        qualifier: record['qualifier'],
        publishedBy: party(record['publishedBy']),
      };
    }),
    links: seeds.section(DOCUMENT, 'sanctions', 'links').flatMap((record) => {
      const statement = statements.find(({ id }) => id === record['statement']);
      if (!statement) return [];
      return {
        passage: quote(firstOf(statement)),
        provision: record['provision'] ?? null,
        regime: record['regime'] ?? null,
        relation: record['relation'],
        confidence: record['confidence'],
      };
    }),
  };
}
