// What the server and the page exchange, as JSON.

export type Path = readonly (string | number)[];
export type RecordValue = { readonly [key: string]: unknown };

/** A JSON Schema of the seed format, as far as forms need it. */
export interface FieldSchema {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string;
  const?: string;
  enum?: readonly string[];
  default?: unknown;
  properties?: Readonly<Record<string, FieldSchema>>;
  required?: readonly string[];
  items?: FieldSchema | false;
  anyOf?: readonly FieldSchema[];
  oneOf?: readonly FieldSchema[];
  [keyword: string]: unknown;
}

interface SectionFormat {
  stem: string;
  section: string;
  schema: FieldSchema;
  /** The keys of a record in the order in which they are written. */
  keys: readonly string[];
}

/** What does not change while a document is annotated. */
export interface DocumentAnswer {
  folder: string;
  title: string;
  paragraphs: readonly { number: number; role: string; start: number; end: number; text: string | null }[];
  /** Why the words cannot be shown; empty if they can. */
  missingText: readonly string[];
  sections: readonly SectionFormat[];
  definitions: Readonly<Record<string, FieldSchema>>;
  hasPreview: boolean;
}

/** A passage, in code points of the document. */
export interface Passage {
  at: readonly [number, number];
  digest: string;
}

export interface RecordAnswer {
  section: string;
  /** Counted within the section, from 0. */
  index: number;
  /** Its local id, or what it is about. */
  id: string;
  /** Its summary, name or label. */
  label: string;
  record: RecordValue;
  /** Every passage in it, with its path. */
  passages: readonly { path: Path; start: number; end: number }[];
}

export interface ProblemAnswer {
  /** The record with the problem; null if it concerns a file as a whole. */
  section: string | null;
  index: number | null;
  /** Within the record. */
  path: Path;
  message: string;
  /** `file:line`, relative to the seeds folder. */
  place: string;
}

export interface ProposalAnswer extends Passage {
  id: string;
  kind: string;
  /** What it proposes, e.g. the actor and the form of a mention. */
  details: string;
  /** The actors of a mention: several if the name is given to several. */
  candidates: readonly string[];
}

/** What may have changed since: on this page, in another tab, or in the files. */
export interface StateAnswer {
  /** Changes with every change of a file that the state comes from. */
  tag: string;
  /** The digest of each file, by its stem; a change carries that of the file it was based on. */
  files: Readonly<Record<string, string>>;
  records: readonly RecordAnswer[];
  problems: readonly ProblemAnswer[];
  notes: readonly ProblemAnswer[];
  /** Null if none were made yet. */
  proposals: readonly ProposalAnswer[] | null;
  /** What `undo` and `redo` would do, as a phrase; null if there is nothing. */
  undo: string | null;
  redo: string | null;
}

export interface Choice {
  id: string;
  name: string;
}
/** What references may lead to, by the title of the reference in the format, e.g. `Id of an actor`. */
export type Choices = Readonly<Record<string, readonly Choice[]>>;

export type Change =
  | { kind: 'insert'; section: string; record: RecordValue }
  | { kind: 'replace'; section: string; index: number; record: RecordValue }
  | { kind: 'remove'; section: string; index: number }
  /** A mention of an actor or a place; `create` is the kind of a new one, e.g. `PERSON` or `ORGANIZATION:OTHER`. */
  | { kind: 'mention'; party: string; form: string; passage: Passage; create?: string }
  | { kind: 'hedge'; statement: string; hedge: string; passage: Passage }
  | { kind: 'accept'; ids: readonly string[]; as?: readonly string[]; create?: string }
  | { kind: 'reject'; ids: readonly string[] }
  | { kind: 'propose' };

export interface ChangeRequest {
  change: Change;
  /** The digests of the files that the change was based on, by stem. */
  base: Readonly<Record<string, string>>;
}

export interface ChangeAnswer {
  state: StateAnswer;
  /** The record that was added or changed; null if there is not exactly one. */
  record: { section: string; index: number } | null;
  /** What a person should read, e.g. why some proposals were not accepted. */
  messages: readonly string[];
}

export interface CheckAnswer {
  problems: readonly ProblemAnswer[];
  notes: readonly ProblemAnswer[];
}

export interface CiteAnswer extends Passage {
  /** Number of the paragraph. */
  paragraph: number;
}

/** A record to begin with, for a form. */
export interface DraftAnswer {
  section: string;
  /** Null for a new record. */
  index: number | null;
  record: RecordValue;
}

export interface PreviewAnswer {
  /** Milliseconds. */
  took: number;
  /** Why it could not be built; empty if it was. */
  problems: readonly string[];
}

export interface ErrorAnswer {
  error: { code: string; message: string };
}
