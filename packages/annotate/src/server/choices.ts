import { statSync } from 'node:fs';
import { join } from 'node:path';
import { folderNames, type RawRecord, SeedRecords } from '@dossier/seed-format/authoring';
import type { Choice, Choices } from '../api.js';
import { labelOf } from './records.js';
import type { Workspace } from './workspace.js';

type Names = Record<'actor' | 'place' | 'regime' | 'instrument' | 'provision', Choice[]>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What references may lead to: shared records of all folders, and records of this document. */
export class ChoiceIndex {
  readonly #workspace: Workspace;
  // Files of other folders rarely change, and there may be a thousand.
  readonly #cached = new Map<string, { key: string; names: Names }>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  choices(): Choices {
    const { seedsDir, folder } = this.#workspace;
    const seeds = new SeedRecords(seedsDir);
    const names = [folder, ...folderNames(seedsDir).filter((name) => name !== folder)].map((name) =>
      this.#namesOf(name),
    );
    const all = (kind: keyof Names): Choice[] => {
      const byId = new Map<string, Choice>();
      for (const choice of names.flatMap((each) => each[kind])) if (!byId.has(choice.id)) byId.set(choice.id, choice);
      return [...byId.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
    };
    const own = (stem: 'actors' | 'statements' | 'trade', section: string): Choice[] =>
      seeds.section(folder, stem, section).flatMap((record) => {
        const id = textOf(record['id']);
        return id === '' ? [] : [{ id, name: labelOf(record) }];
      });
    const [actors, places] = [all('actor'), all('place')];
    return {
      'Id of an actor': actors,
      'Id of a place': places,
      'Id of an actor or a place': [...actors, ...places],
      'Id of an event': own('actors', 'events'),
      'Id of a statement': own('statements', 'statements'),
      'Id of a work': own('statements', 'works'),
      'Id of a commodity': own('trade', 'commodities'),
      'Id of a figure': own('trade', 'figures'),
      'Id of a regime': all('regime'),
      'Id of an instrument': all('instrument'),
      'Id of a provision': all('provision'),
    };
  }

  #namesOf(folder: string): Names {
    const { seedsDir } = this.#workspace;
    const probe = new SeedRecords(seedsDir);
    const key = (['actors', 'sanctions'] as const)
      .map((stem) => {
        const name = probe.fileName(folder, stem);
        const stats = name === null ? null : statSync(join(seedsDir, name), { throwIfNoEntry: false });
        return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : '';
      })
      .join();
    const known = this.#cached.get(folder);
    if (known?.key === key) return known.names;
    const named = (stem: string, section: string, idOf: (record: RawRecord) => string): Choice[] =>
      probe.section(folder, stem, section).flatMap((record) => {
        const id = idOf(record);
        return id === '' ? [] : [{ id, name: labelOf(record) }];
      });
    const ownId = ({ id }: RawRecord): string => textOf(id);
    const names: Names = {
      actor: named('actors', 'actors', ownId),
      place: named('actors', 'places', ownId),
      regime: named('sanctions', 'regimes', ownId),
      instrument: named('sanctions', 'instruments', ownId),
      provision: named('sanctions', 'provisions', ({ instrument, paragraph }) =>
        textOf(instrument) && textOf(paragraph) ? `${textOf(instrument)}/${textOf(paragraph)}` : '',
      ),
    };
    this.#cached.set(folder, { key, names });
    return names;
  }
}
