import { clearResults, Loading, OneStatement } from '@dossier/reader';
import { useEffect, useState } from 'preact/hooks';
import type { PreviewAnswer } from '../api.js';
import { post } from './request.js';
import { documentAnswer, previewed, report, state } from './store.js';

/** A statement as the graph will serve it: built from the current files and queried. */
export function Preview() {
  const id = previewed.value;
  const tag = state.value?.tag;
  const [built, setBuilt] = useState<{ tag: string; answer: PreviewAnswer } | null>(null);
  useEffect(() => {
    if (id === null || tag === undefined) return;
    let isLeft = false;
    post<PreviewAnswer>('/api/preview').then((answer) => {
      if (isLeft) return;
      clearResults();
      setBuilt({ tag, answer });
    }, report);
    return () => {
      isLeft = true;
    };
  }, [id === null, tag]);
  const statements = (state.value?.records ?? []).filter(({ section }) => section === 'statements');
  return (
    <>
      <p class="field">
        <label for="previewed">Statement</label>
        <select
          id="previewed"
          value={id ?? ''}
          onChange={({ currentTarget }) => {
            previewed.value = currentTarget.value || null;
          }}
        >
          <option value="">Choose…</option>
          {statements.map((record) => (
            <option key={record.index} value={record.id}>
              {record.id} {record.label}
            </option>
          ))}
        </select>
      </p>
      {id !== null && built?.tag !== tag && <Loading what="Building the document" />}
      {id !== null && built && built.tag === tag && <Built id={id} tag={tag} answer={built.answer} />}
    </>
  );
}

function Built({ id, tag, answer }: { id: string; tag: string; answer: PreviewAnswer }) {
  if (answer.problems.length > 0)
    return (
      <div class="notice notice-warn" role="status">
        <p>The graph cannot serve the document yet:</p>
        <ul class="problem-list">
          {answer.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </div>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the links in it have the keys.
    <div class="preview" onClick={openStatement}>
      <p class="quiet small" role="status">
        Built in {answer.took} ms.
      </p>
      <OneStatement key={`${id} ${tag}`} id={`statement:${documentAnswer.value?.folder}/${id}`} />
    </div>
  );
}

/** Links to other views of the reader do not work here, except those to statements of the document. */
function openStatement(event: MouseEvent): void {
  const link = (event.target as Element).closest('a');
  const href = link?.getAttribute('href') ?? '';
  if (/^[a-z]+:/i.test(href)) return;
  event.preventDefault();
  const statement = new URLSearchParams(href.split('?')[1] ?? '').get('statement');
  const prefix = `statement:${documentAnswer.value?.folder}/`;
  if (statement?.startsWith(prefix)) previewed.value = statement.slice(prefix.length);
}
