import { createHash } from 'node:crypto';
import { enums, formatSchema } from '@dossier/seed-format';
import {
  folderFileNames,
  keyOrderOf,
  missingText,
  mountDocument,
  proposalsFileName,
  readSeedText,
  SECTIONS,
  SeedRecords,
} from '@dossier/seed-format/authoring';
import type {
  ChangeAnswer,
  ChangeRequest,
  CheckAnswer,
  Choices,
  CiteAnswer,
  DocumentAnswer,
  DraftAnswer,
  RecordValue,
  StateAnswer,
} from '../api.js';
import { acceptance, addPassage, type Changed, changeRecord, fileNameOf } from './changes.js';
import { checkDocument } from './checks.js';
import { ChoiceIndex } from './choices.js';
import { newRecord, withAlias } from './drafts.js';
import { AnnotateError } from './errors.js';
import { Journal } from './journal.js';
import { passageAt } from './passages.js';
import { acceptProposals, propose, readAnswers, rejectProposals } from './proposals.js';
import { hasNumberedIds, nextId } from './recordIds.js';
import { isRecord, recordsOf } from './records.js';
import { digestOf, fileDigest, readDocument, readText, STEMS, type Workspace } from './workspace.js';

export interface Selection {
  start: number;
  end: number;
  words: string;
}

/** Everything that a page can request of one document, and the changes that were made since the program was started. */
export class Session {
  readonly #workspace: Workspace;
  readonly #journal: Journal;
  readonly #choices: ChoiceIndex;
  #state: { key: string; answer: StateAnswer } | null = null;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#journal = new Journal(workspace);
    this.#choices = new ChoiceIndex(workspace);
  }

  document(): Omit<DocumentAnswer, 'hasPreview'> {
    const { folder, documentsDir, seedsDir } = this.#workspace;
    const document = readDocument(this.#workspace);
    const mounted = mountDocument(documentsDir, document);
    const raw = new SeedRecords(seedsDir).document(folder) ?? {};
    const roles = new Map(
      (Array.isArray(raw['paragraphs']) ? raw['paragraphs'] : [])
        .filter(isRecord)
        .map(({ number, role }) => [number, role]),
    );
    const { files, definitions } = formatSchema();
    return {
      folder,
      title: typeof raw['title'] === 'string' ? raw['title'] : folder,
      paragraphs: document.paragraphs.map(({ number, start, end }) => ({
        number,
        role: String(roles.get(number) ?? 'BODY'),
        start,
        end,
        text: mounted.text?.slice(start, end) ?? null,
      })),
      missingText: mounted.text ? [] : missingText(document, mounted),
      sections: STEMS.flatMap((stem) =>
        Object.keys(SECTIONS[stem])
          .filter((section) => section !== 'merges' && section !== 'provenance')
          .map((section) => ({
            stem,
            section,
            schema: files[stem]?.[section] ?? {},
            keys: keyOrderOf(stem, section)([]),
          })),
      ),
      definitions,
    };
  }

  choices(): Choices {
    return this.#choices.choices();
  }

  /** Computed again only if a file has changed. */
  state(): StateAnswer {
    const { seedsDir, folder } = this.#workspace;
    const seeds = new SeedRecords(seedsDir);
    const names = [
      ...folderFileNames(seedsDir, folder),
      ...folderFileNames(seedsDir, 'register'),
      proposalsFileName(folder),
    ];
    const { undoable, redoable } = this.#journal;
    const key = createHash('sha256')
      .update(JSON.stringify([names.map((name) => [name, fileDigest(this.#workspace, name)]), undoable, redoable]))
      .digest('hex')
      .slice(0, 16);
    if (this.#state?.key === key) return this.#state.answer;
    const document = readDocument(this.#workspace);
    const answer: StateAnswer = {
      tag: key,
      files: {
        ...Object.fromEntries(STEMS.map((stem) => [stem, fileDigest(this.#workspace, seeds.fileName(folder, stem))])),
        proposals: fileDigest(this.#workspace, proposalsFileName(folder)),
      },
      records: recordsOf(this.#workspace, seeds),
      ...checkDocument(this.#workspace),
      proposals: readAnswers(this.#workspace, document),
      undo: undoable,
      redo: redoable,
    };
    this.#state = { key, answer };
    return answer;
  }

  cite(selection: Selection): CiteAnswer {
    const { document, text } = readText(this.#workspace);
    return passageAt(document, text, selection);
  }

  /** A record to begin with: of a section, with the selected passage. */
  draft(section: string, selection: Selection | null): DraftAnswer {
    const { seedsDir, folder } = this.#workspace;
    const cited = selection && this.#citedWords(selection);
    return newRecord(new SeedRecords(seedsDir), folder, section, cited);
  }

  draftAlias(party: string, selection: Selection): DraftAnswer {
    const { seedsDir, folder } = this.#workspace;
    return withAlias(new SeedRecords(seedsDir), folder, party, this.#citedWords(selection).words);
  }

  #citedWords(selection: Selection) {
    const { document, text } = readText(this.#workspace);
    const cited = passageAt(document, text, selection);
    return { ...cited, words: text.slice(cited.at[0], cited.at[1]) };
  }

  /** The problems of the document if the change were made, with those of the record first. Nothing is written. */
  check(section: string, index: number | null, record: RecordValue): CheckAnswer & { index: number } {
    const changed = changeRecord(
      this.#workspace,
      new SeedRecords(this.#workspace.seedsDir),
      index === null ? { kind: 'insert', section, record } : { kind: 'replace', section, index, record },
    );
    return { ...checkDocument(this.#workspace, changed.files), index: changed.record?.index ?? 0 };
  }

  change({ change, base }: ChangeRequest): ChangeAnswer {
    const seeds = new SeedRecords(this.#workspace.seedsDir);
    // Read before the change is made, and compared again when it is written.
    const sources = this.#sources(seeds, base);
    const changed = this.#changed(change, seeds);
    this.#journal.write(changed.what, changed.files, sources);
    return { state: this.state(), record: changed.record, messages: changed.messages ?? [] };
  }

  /** The contents of the document's files that are still those that the page knows, by name; null for a file that does not exist. */
  #sources(seeds: SeedRecords, base: ChangeRequest['base']): Map<string, string | null> {
    const { seedsDir, folder } = this.#workspace;
    const names = [
      ...STEMS.map((stem) => [stem, fileNameOf(this.#workspace, seeds, stem)] as const),
      ['proposals', proposalsFileName(folder)] as const,
    ];
    return new Map(
      names.flatMap(([stem, name]) => {
        const source = readSeedText(seedsDir, name);
        return base[stem] === digestOf(source) ? [[name, source] as const] : [];
      }),
    );
  }

  #changed(change: ChangeRequest['change'], seeds: SeedRecords): Changed & { messages?: string[] } {
    switch (change.kind) {
      case 'insert':
        return changeRecord(this.#workspace, seeds, { ...change, record: this.#withId(change, seeds) });
      case 'replace':
      case 'remove':
        return changeRecord(this.#workspace, seeds, change);
      case 'mention':
        assertEnum('form', change.form, enums.MentionForm.options);
        return addPassage(this.#workspace, seeds, change);
      case 'hedge':
        assertEnum('hedge', change.hedge, enums.HedgeKind.options);
        return addPassage(this.#workspace, seeds, change);
      case 'accept':
        return acceptProposals(this.#workspace, seeds, change.ids, {
          as: change.as ?? [],
          create: change.create ?? null,
          ...acceptance(this.#workspace),
        });
      case 'reject':
        return rejectProposals(this.#workspace, change.ids);
      case 'propose':
        return propose(this.#workspace, seeds);
      default:
        throw new AnnotateError('BAD_REQUEST', 'The kind of change is unknown.');
    }
  }

  /** A record whose id was left empty gets the next one. */
  #withId({ section, record }: { section: string; record: RecordValue }, seeds: SeedRecords): RecordValue {
    if (!isRecord(record) || record['id'] || !hasNumberedIds(section)) return record;
    return { id: nextId(seeds, this.#workspace.folder, section, null), ...record };
  }

  undo(): ChangeAnswer {
    const what = this.#journal.undo();
    return { state: this.state(), record: null, messages: [`Undone: ${what}.`] };
  }

  redo(): ChangeAnswer {
    const what = this.#journal.redo();
    return { state: this.state(), record: null, messages: [`Redone: ${what}.`] };
  }
}

function assertEnum(what: string, value: string, options: readonly string[]): void {
  if (!options.includes(value))
    throw new AnnotateError('BAD_REQUEST', `The ${what} is not one of ${options.join(', ')}.`);
}
