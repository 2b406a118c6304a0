import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodePointText } from '@dossier/domain/facts';
import { describe, expect, it } from 'vitest';
import { mountDocuments } from '../mounted.js';
import { proposalsFor } from './propose.js';
import { listOf, passageOf, type RawRecord, SeedRecords } from './seedRecords.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const SEEDS = resolve(ROOT, 'seeds');
const DOCUMENT = 'memri-sd-10149';
const documentsDir = process.env['DOCUMENTS_DIR'] ? resolve(ROOT, process.env['DOCUMENTS_DIR']) : null;
const hasSeeds = existsSync(resolve(SEEDS, DOCUMENT));

/** Forms that contain a name or alias; a pronoun cannot be looked up. */
const FORMS_WITH_NAMES = new Set(['NAME', 'PARTIAL_NAME', 'ABBREVIATION', 'ADJECTIVE', 'METONYM']);

/** The seeds without the mentions of the document, as if it were new. */
class WithoutMentions extends SeedRecords {
  override section(folder: string, stem: string, section: string): RawRecord[] {
    return super.section(folder, stem, section).map((record) => ({ ...record, mentions: [] }));
  }
}

function recordedMentions(seeds: SeedRecords): { of: string; at: [number, number]; form: string }[] {
  const entry = (of: unknown, record: RawRecord) => {
    const passage = passageOf(record);
    return passage ? [{ of: String(of), at: passage.at, form: String(record['form']) }] : [];
  };
  return [
    ...['actors', 'places', 'additions'].flatMap((section) =>
      seeds
        .section(DOCUMENT, 'actors', section)
        .flatMap((record) =>
          listOf(record['mentions']).flatMap((mention) => entry(record['id'] ?? record['of'], mention)),
        ),
    ),
  ];
}

describe.skipIf(!documentsDir || !hasSeeds)(
  'the proposals for the first document',
  { meta: { needs: 'DOCUMENTS_DIR (the texts of the documents)' } },
  () => {
    const measure = () => {
      const seeds = new SeedRecords(SEEDS);
      const document = seeds.document(DOCUMENT) ?? {};
      const text = mountDocuments(documentsDir, [
        { id: `document:${DOCUMENT}`, sha256: String(document['sha256']) },
      ]).get(`document:${DOCUMENT}`)?.text as CodePointText;
      const recorded = recordedMentions(seeds);
      const proposed = proposalsFor(new WithoutMentions(SEEDS), document, text).flatMap((proposal) =>
        proposal.kind === 'mention' ? [{ at: proposal.at, parties: proposal.candidates ?? [proposal.of ?? ''] }] : [],
      );
      const isSame = (a: { at: [number, number] }, b: { at: [number, number] }) => a.at.join() === b.at.join();
      const named = recorded.filter(({ form }) => FORMS_WITH_NAMES.has(form));
      return {
        named: named.length,
        found: named.filter((mention) =>
          proposed.some((proposal) => isSame(mention, proposal) && proposal.parties.includes(mention.of)),
        ).length,
        proposed: proposed.length,
        right: proposed.filter((proposal) =>
          recorded.some((mention) => isSame(mention, proposal) && proposal.parties.includes(mention.of)),
        ).length,
        misplaced: proposed.filter((proposal) => text.slice(...proposal.at).trim() !== text.slice(...proposal.at))
          .length,
      };
    };

    // Measured: 188 of 189 recorded mentions, and 199 of 202 proposals.
    it('include at least 95 % of the recorded mentions by name, and at most 5 % of them are others', () => {
      const { named, found, proposed, right, misplaced } = measure();

      expect(named).toBeGreaterThan(150);
      expect(found / named).toBeGreaterThan(0.95);
      expect(right / proposed).toBeGreaterThan(0.95);
      expect(misplaced).toBe(0);
    });
  },
);
