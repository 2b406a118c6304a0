import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FieldSchema } from '../../api.js';
import { change, cite, documentAnswer, notice, type Selected, selection } from '../store.js';
import { labelOf, resolve, variantOf } from './schema.js';

interface NewActorProps {
  typed: string;
  isPlace: boolean;
  onDone: (id: string | null) => void;
}

const slugOf = (words: string): string =>
  words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+|['’]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** A new actor or place, created where it is needed. The selected words become its first mention. */
export function NewActor({ typed, isPlace, onDone }: NewActorProps) {
  const prefix = useId();
  const [name, setName] = useState(typed);
  const [id, setId] = useState(slugOf(typed));
  const [kind, setKind] = useState('');
  const [detail, setDetail] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const first = useRef<HTMLInputElement>(null);
  // Before the next key: an effect after painting would take back a focus that the user has moved on.
  useLayoutEffect(() => first.current?.focus(), []);
  const schema = documentAnswer.value?.sections.find(
    ({ section }) => section === (isPlace ? 'places' : 'actors'),
  )?.schema;
  const { kinds, schema: variant } = variantOf(schema ?? {}, { kind });
  const detailKey = ['status', 'type'].find((key) => kind !== '' && variant.properties?.[key] !== undefined);
  const named = mentionOf(name, selection.value);
  const details = detailKey ? optionsOf(variant.properties?.[detailKey]) : [];

  const create = async (): Promise<void> => {
    const missing = [
      name.trim() === '' && 'a name',
      id.trim() === '' && 'an id',
      !isPlace && kind === '' && 'a kind',
      details.length > 0 && detail === '' && `a ${detailKey}`,
    ].filter(Boolean);
    if (missing.length > 0) {
      setFailure(`Expected ${missing.join(' and ')}.`);
      return;
    }
    const passage = named ? await cite(named) : null;
    if (named && !passage) {
      setFailure(notice.value?.text ?? null);
      return;
    }
    const record = {
      id: id.trim(),
      ...(!isPlace && { kind }),
      ...(detailKey && { [detailKey]: detail }),
      name: name.trim(),
      ...(passage
        ? { mentions: [{ form: 'NAME', at: passage.at, digest: passage.digest }] }
        : { basis: 'ANALYST', note: 'Not named in the text.' }),
    };
    const answer = await change({ kind: 'insert', section: isPlace ? 'places' : 'actors', record });
    if (answer) onDone(record.id);
    else setFailure(notice.value?.text ?? 'It was not created.');
  };

  return (
    <fieldset
      class="new-actor"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone(null);
      }}
    >
      <legend>New {isPlace ? 'place' : 'actor'}</legend>
      {failure && (
        <p class="field-error" role="alert">
          {failure}
        </p>
      )}
      <p class="field">
        <label for={`${prefix}-name`}>Name</label>
        <input
          ref={first}
          id={`${prefix}-name`}
          value={name}
          onInput={({ currentTarget }) => {
            if (id === slugOf(name)) setId(slugOf(currentTarget.value));
            setName(currentTarget.value);
          }}
        />
      </p>
      <p class="field">
        <label for={`${prefix}-id`}>Id</label>
        <input
          id={`${prefix}-id`}
          value={id}
          spellcheck={false}
          onInput={({ currentTarget }) => setId(currentTarget.value)}
        />
      </p>
      {!isPlace && (
        <p class="field">
          <label for={`${prefix}-kind`}>Kind</label>
          <select id={`${prefix}-kind`} value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
            <option value="">Choose…</option>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </p>
      )}
      {detailKey && (
        <p class="field">
          <label for={`${prefix}-detail`}>{labelOf(detailKey)}</label>
          <select
            id={`${prefix}-detail`}
            value={detail}
            onChange={({ currentTarget }) => setDetail(currentTarget.value)}
          >
            <option value="">Choose…</option>
            {details.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </p>
      )}
      <p class="small quiet">
        {named ? (
          <>
            Its first mention: <q>{named.words}</q> in the selection.
          </>
        ) : (
          'Its name is not in the selection: it is recorded as not named in the text.'
        )}
      </p>
      <p class="actions">
        <button type="button" onClick={() => void create()}>
          Create
        </button>
        <button type="button" onClick={() => onDone(null)}>
          Cancel
        </button>
      </p>
    </fieldset>
  );
}

const MAX_WORDS_OF_NAME = 8;

/** The words that name it: the name within the selection, or the whole of a short selection; null if there are none. */
function mentionOf(name: string, chosen: Selected | null): Selected | null {
  if (!chosen) return null;
  const at = name.trim() === '' ? -1 : chosen.words.indexOf(name.trim());
  if (at >= 0) {
    const start = chosen.start + [...chosen.words.slice(0, at)].length;
    return { start, end: start + [...name.trim()].length, words: name.trim() };
  }
  return chosen.words.trim().split(/\s+/u).length <= MAX_WORDS_OF_NAME ? chosen : null;
}

const optionsOf = (schema: FieldSchema | undefined): readonly string[] =>
  schema ? (resolve(schema, documentAnswer.value?.definitions ?? {}).schema.enum ?? []) : [];
