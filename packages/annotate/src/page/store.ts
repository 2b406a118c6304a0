import { computed, signal } from '@preact/signals';
import type {
  Change,
  ChangeAnswer,
  CheckAnswer,
  Choices,
  CiteAnswer,
  DocumentAnswer,
  DraftAnswer,
  Path,
  ProblemAnswer,
  RecordAnswer,
  RecordValue,
  StateAnswer,
} from '../api.js';
import { rebased, withValue } from './form/values.js';
import { get, post, ServerError } from './request.js';
import { TextModel } from './text/textModel.js';

/** A record in the form, new or to be changed. */
export interface FormState {
  section: string;
  /** Null for a new record. */
  index: number | null;
  id: string;
  record: RecordValue;
  /** The record as it was when the form was opened, or last brought up to date. */
  base: RecordValue;
  problems: readonly ProblemAnswer[];
  notes: readonly ProblemAnswer[];
  isChecking: boolean;
  isSaving: boolean;
}

export interface Notice {
  kind: 'good' | 'bad';
  text: string;
}

export type Panel = 'record' | 'records' | 'problems' | 'proposals' | 'preview';

export const documentAnswer = signal<DocumentAnswer | null>(null);
export const state = signal<StateAnswer | null>(null);
export const choices = signal<Choices>({});
/** The caret: the words between the two are selected. Both are within one paragraph. */
export const caret = signal<{ anchor: number; focus: number } | null>(null);
export const form = signal<FormState | null>(null);
export const notice = signal<Notice | null>(null);
export const panel = signal<Panel>('record');
/** The record whose words are highlighted in the text. */
export const shown = signal<{ section: string; index: number } | null>(null);
export const previewed = signal<string | null>(null);

export const model = computed(
  () =>
    new TextModel(
      (documentAnswer.value?.paragraphs ?? []).flatMap((paragraph) =>
        paragraph.text === null ? [] : [{ ...paragraph, text: paragraph.text }],
      ),
    ),
);

/** Words of the text with their position, in code points. */
export interface Selected {
  start: number;
  end: number;
  words: string;
}

/** The selected words; null if nothing is selected. */
export const selection = computed((): Selected | null => {
  if (!caret.value) return null;
  const { anchor, focus } = caret.value;
  const [start, end] = anchor < focus ? [anchor, focus] : [focus, anchor];
  if (start === end) return null;
  return { start, end, words: model.value.slice(start, end) };
});

export async function load(): Promise<void> {
  const [document, first, options] = await Promise.all([
    get<DocumentAnswer>('/api/document'),
    post<StateAnswer>('/api/state'),
    get<Choices>('/api/choices'),
  ]);
  documentAnswer.value = document;
  state.value = first;
  choices.value = options;
}

/** Applies the state of the files, and updates an open form. */
function take(next: StateAnswer): void {
  if (next.tag === state.value?.tag) return;
  const before = JSON.stringify(state.value?.files);
  state.value = next;
  if (before !== JSON.stringify(next.files))
    void get<Choices>('/api/choices').then((answer) => {
      choices.value = answer;
    }, report);
  const open = form.value;
  if (!open || open.index === null) return;
  const ofSection = next.records.filter(({ section }) => section === open.section);
  const theirs = ofSection.find(({ id, index }) => (open.id === '' ? index === open.index : id === open.id));
  if (!theirs) {
    form.value = { ...open, index: null };
    notice.value = {
      kind: 'bad',
      text: `${open.id} was removed in the meantime. Your input was kept: saving adds it again.`,
    };
    return;
  }
  const { record, both } = rebased(open.base, open.record, theirs.record);
  form.value = { ...open, index: theirs.index, record, base: theirs.record };
  if (both.length > 0)
    notice.value = {
      kind: 'bad',
      text: `${open.id} was changed elsewhere in the meantime, including ${both.join(', ')}. Your input was kept; saving overwrites the other values: ${both
        .map((key) => JSON.stringify(theirs.record[key]))
        .join(', ')}`,
    };
}

/** Checks whether files have changed: in another tab, or by hand. */
export async function refresh(): Promise<void> {
  const answer = await post<StateAnswer | { tag: string }>('/api/state', { tag: state.value?.tag });
  if ('records' in answer) take(answer);
}

export function report(error: unknown): void {
  const text = error instanceof Error ? error.message : 'The request failed.';
  // With the code, which the documentation lists.
  notice.value = { kind: 'bad', text: error instanceof ServerError ? `${text} (${error.code})` : text };
}

// ── The form ─────────────────────────────────────────────────────────────────────────────────────────────────────

function openForm({ section, index, record }: DraftAnswer, base: RecordValue = index === null ? {} : record): void {
  const id = String(record['id'] ?? record['of'] ?? '');
  form.value = { section, index, id, record, base, problems: [], notes: [], isChecking: false, isSaving: false };
  panel.value = 'record';
  shown.value = index === null ? null : { section, index };
  notice.value = null;
  check();
}

export const openRecord = ({ section, index, record }: RecordAnswer): void => openForm({ section, index, record });

export async function openNew(section: string): Promise<void> {
  openForm(await post<DraftAnswer>('/api/draft', { section, selection: selection.value }));
}

export async function openAlias(party: string): Promise<void> {
  const draft = await post<DraftAnswer>('/api/draft', { alias: party, selection: selection.value });
  const known = state.value?.records.find(({ section, index }) => section === draft.section && index === draft.index);
  openForm(draft, known?.record);
}

export function closeForm(): void {
  form.value = null;
  shown.value = null;
}

export function setValue(path: Path, value: unknown): void {
  if (!form.value) return;
  form.value = { ...form.value, record: withValue(form.value.record, path, value) as RecordValue };
  check();
}

const CHECK_DELAY_MS = 200;
let timer: ReturnType<typeof setTimeout> | undefined;
let running: AbortController | undefined;

/** Checks the record as it would be written, shortly after the last input. */
function check(): void {
  clearTimeout(timer);
  running?.abort();
  if (!form.value) return;
  form.value = { ...form.value, isChecking: true };
  timer = setTimeout(() => void checkNow(), CHECK_DELAY_MS);
}

async function checkNow(): Promise<void> {
  const open = form.value;
  if (!open) return;
  const abort = new AbortController();
  running = abort;
  try {
    const { section, index, record } = open;
    const answer = await post<CheckAnswer & { index: number }>('/api/check', { section, index, record }, abort.signal);
    if (!form.value || abort.signal.aborted) return;
    const isOwn = (problem: ProblemAnswer): boolean => problem.section === section && problem.index === answer.index;
    form.value = {
      ...form.value,
      isChecking: false,
      problems: answer.problems.filter(isOwn),
      notes: answer.notes.filter(isOwn),
    };
  } catch (error) {
    if (abort.signal.aborted || !form.value) return;
    form.value = { ...form.value, isChecking: false };
    report(error);
  }
}

/** Writes the record of the form. Resolves to whether it was written. */
export async function save(): Promise<boolean> {
  const open = form.value;
  if (!open || open.isSaving) return false;
  const { section, index, record } = open;
  form.value = { ...open, isSaving: true };
  const answer = await change(
    index === null ? { kind: 'insert', section, record } : { kind: 'replace', section, index, record },
  );
  if (!answer) {
    if (form.value) form.value = { ...form.value, isSaving: false };
    return false;
  }
  const saved = answer.record;
  const known =
    saved && answer.state.records.find((each) => each.section === saved.section && each.index === saved.index);
  notice.value = { kind: 'good', text: `Saved ${known?.id ?? section}.` };
  form.value = null;
  shown.value = saved;
  if (section === 'statements' && known) previewed.value = known.id;
  return true;
}

/** Removes the record of the form. Resolves to whether it was removed; otherwise the form stays open. */
export async function remove(open: FormState): Promise<boolean> {
  if (open.index === null) return false;
  form.value = null;
  const answer = await change({ kind: 'remove', section: open.section, index: open.index });
  if (!answer) {
    form.value = open;
    return false;
  }
  shown.value = null;
  notice.value = { kind: 'good', text: `Removed ${open.id}. “Undo” brings it back.` };
  return true;
}

/** Makes a change of the files as they are known to this page. Null if it was rejected; the reason is shown. */
export async function change(wanted: Change): Promise<ChangeAnswer | null> {
  try {
    const answer = await post<ChangeAnswer>('/api/changes', { change: wanted, base: state.value?.files ?? {} });
    // What was saved is not somebody else's change of the form.
    const isOfForm = wanted.kind === 'insert' || wanted.kind === 'replace';
    const open = form.value;
    if (isOfForm && open?.isSaving) form.value = null;
    take(answer.state);
    if (isOfForm && open?.isSaving) form.value = open;
    if (answer.messages.length > 0) notice.value = { kind: 'good', text: answer.messages.join(' ') };
    return answer;
  } catch (error) {
    notice.value = null;
    if (error instanceof ServerError && error.code === 'CONFLICT') await refresh().catch(() => {});
    // What both changed, if anything.
    const details = (notice.value as Notice | null)?.text;
    report(error);
    if (details !== undefined && notice.value)
      notice.value = { kind: 'bad', text: `${(notice.value as Notice).text} ${details}` };
    return null;
  }
}

export async function step(direction: 'undo' | 'redo'): Promise<void> {
  try {
    const answer = await post<ChangeAnswer>(`/api/${direction}`);
    take(answer.state);
    notice.value = { kind: 'good', text: answer.messages.join(' ') };
  } catch (error) {
    if (error instanceof ServerError && error.code === 'CONFLICT') await refresh().catch(() => {});
    report(error);
  }
}

/** The passage for words, by default those that are selected, with its digest; null if it is not one, and the reason is shown. */
export async function cite(words: Selected | null = selection.value): Promise<CiteAnswer | null> {
  if (!words) {
    notice.value = { kind: 'bad', text: 'Select words in the text first.' };
    return null;
  }
  try {
    return await post<CiteAnswer>('/api/cite', words);
  } catch (error) {
    report(error);
    return null;
  }
}
