import { useId, useState } from 'preact/hooks';
import { Combobox } from './form/Combobox.js';
import { NewActor } from './form/NewActor.js';
import { resolve, sectionName } from './form/schema.js';
import {
  caret,
  change,
  choices,
  cite,
  documentAnswer,
  notice,
  openAlias,
  openNew,
  report,
  selection,
  state,
} from './store.js';

type Attached = 'mention' | 'hedge' | 'alias';

/** The records that can be made from the selected words. */
export function Toolbar({ onDone }: { onDone: () => void }) {
  const [attached, setAttached] = useState<Attached | null>(null);
  const chosen = selection.value;
  const create = (section: string): void => {
    setAttached(null);
    openNew(section).catch(report);
  };
  const sections = documentAnswer.value?.sections.map(({ section }) => section) ?? [];
  const others = sections.filter((section) => section !== 'statements' && section !== 'quotations');
  return (
    <section class="toolbar" aria-label="Selection">
      <p id="selection" class="selection" aria-live="polite">
        {chosen ? (
          <>
            <span class="visually-hidden">Selected: </span>
            <q>
              <bdi>{shorten(chosen.words)}</bdi>
            </q>{' '}
            <span class="quiet small">
              {chosen.start}–{chosen.end}
            </span>
          </>
        ) : caret.value ? (
          `Caret at ${caret.value.focus}. Nothing is selected.`
        ) : (
          'Nothing is selected.'
        )}
      </p>
      <div class="actions">
        <button type="button" id="create-statement" onClick={() => create('statements')}>
          Statement
        </button>
        <button type="button" onClick={() => create('quotations')}>
          Quotation
        </button>
        {(['mention', 'hedge', 'alias'] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            aria-expanded={attached === kind}
            onClick={() => setAttached(attached === kind ? null : kind)}
          >
            {kind.charAt(0).toUpperCase() + kind.slice(1)}
          </button>
        ))}
        <OtherRecord sections={others} onCreate={create} />
      </div>
      {attached && (
        <Attach
          key={attached}
          kind={attached}
          onDone={() => {
            setAttached(null);
            onDone();
          }}
        />
      )}
    </section>
  );
}

const MAX_SHOWN = 160;
const shorten = (words: string): string =>
  words.length > MAX_SHOWN
    ? `${[...words].slice(0, MAX_SHOWN / 2).join('')} … ${[...words].slice(-MAX_SHOWN / 2).join('')}`
    : words;

function OtherRecord({ sections, onCreate }: { sections: readonly string[]; onCreate: (section: string) => void }) {
  const id = useId();
  const [section, setSection] = useState('');
  return (
    <span class="other-record">
      <label for={id} class="visually-hidden">
        Another record
      </label>
      <select id={id} value={section} onChange={({ currentTarget }) => setSection(currentTarget.value)}>
        <option value="">Another record…</option>
        {sections.map((each) => (
          <option key={each} value={each}>
            {sectionName(each)}
          </option>
        ))}
      </select>
      <button type="button" disabled={section === ''} onClick={() => onCreate(section)}>
        Create
      </button>
    </span>
  );
}

/** Adds the selected words to a record: as a mention or an alias of an actor or a place, or as a hedge of a statement. */
function Attach({ kind, onDone }: { kind: Attached; onDone: () => void }) {
  const prefix = useId();
  const [target, setTarget] = useState('');
  const [form, setForm] = useState(kind === 'hedge' ? '' : 'NAME');
  const [created, setCreated] = useState<string | null>(null);
  const isHedge = kind === 'hedge';
  const { definitions = {} } = documentAnswer.value ?? {};
  const forms = resolve({ $ref: `#/$defs/${isHedge ? 'HedgeKind' : 'MentionForm'}` }, definitions).schema.enum ?? [];
  const known = choices.value[isHedge ? 'Id of a statement' : 'Id of an actor or a place'] ?? [];
  const around = isHedge ? statementsAround() : [];
  const targets = around.length > 0 ? known.filter(({ id }) => around.includes(id)) : known;
  const chosen = target || (isHedge && around.length === 1 ? (around[0] ?? '') : '');

  const add = async (): Promise<void> => {
    if (chosen === '' || (kind !== 'alias' && form === '')) {
      notice.value = {
        kind: 'bad',
        text: `Choose ${chosen === '' ? `the ${isHedge ? 'statement' : 'actor'}` : 'a kind'} first.`,
      };
      return;
    }
    if (kind === 'alias') {
      openAlias(chosen).catch(report);
      return;
    }
    const passage = await cite();
    if (!passage) return;
    const { at, digest } = passage;
    const answer = await change(
      isHedge
        ? { kind: 'hedge', statement: chosen, hedge: form, passage: { at, digest } }
        : { kind: 'mention', party: chosen, form, passage: { at, digest } },
    );
    if (!answer) return;
    notice.value = { kind: 'good', text: `Added the ${kind} to ${chosen}.` };
    onDone();
  };

  return (
    <div class="attach">
      <div class="field">
        <label for={`${prefix}-target`}>{isHedge ? 'Statement' : 'Actor or place'}</label>
        <Combobox
          id={`${prefix}-target`}
          value={chosen}
          choices={targets}
          describedBy={`${prefix}-help`}
          isInvalid={false}
          onChange={setTarget}
          {...(!isHedge && { onCreate: setCreated, createLabel: 'Create the actor' })}
        />
        <span id={`${prefix}-help`} class="hint">
          {isHedge ? 'One whose passage contains the words.' : 'Type a part of the name or the id.'}
        </span>
      </div>
      {created !== null && (
        <NewActor
          typed={created}
          isPlace={false}
          onDone={(id) => {
            setCreated(null);
            // The selected words are its first mention already.
            if (id !== null && kind === 'mention') onDone();
            else if (id !== null) setTarget(id);
          }}
        />
      )}
      {kind !== 'alias' && (
        <div class="field">
          <label for={`${prefix}-form`}>{isHedge ? 'Kind' : 'Form'}</label>
          <select id={`${prefix}-form`} value={form} onChange={({ currentTarget }) => setForm(currentTarget.value)}>
            <option value="">Choose…</option>
            {forms.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </div>
      )}
      <button type="button" onClick={() => void add()}>
        {kind === 'alias' ? 'Go on' : `Add the ${kind}`}
      </button>
    </div>
  );
}

const statementsAround = (): string[] => {
  const chosen = selection.value;
  if (!chosen) return [];
  return (state.value?.records ?? [])
    .filter(
      ({ section, passages }) =>
        section === 'statements' &&
        passages.some(({ path, start, end }) => path[0] === 'passages' && start <= chosen.start && chosen.end <= end),
    )
    .map(({ id }) => id);
};
