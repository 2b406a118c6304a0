import { useState } from 'preact/hooks';
import type { ProposalAnswer, RecordAnswer } from '../api.js';
import { Combobox } from './form/Combobox.js';
import { sectionName } from './form/schema.js';
import { caret, change, choices, model, openRecord, state } from './store.js';
import { RecordButton } from './text/Text.js';

/** All records of the document, by section. */
export function Records() {
  const records = state.value?.records ?? [];
  const sections = [...new Set(records.map(({ section }) => section))];
  if (sections.length === 0) return <p class="quiet">There are no records yet.</p>;
  return (
    <>
      {sections.map((section) => {
        const own = records.filter((record) => record.section === section);
        return (
          <details key={section} open={section === 'statements'}>
            <summary>
              {capital(sectionName(section))}: {own.length}
            </summary>
            <ul class="chips">
              {own.map((record) => (
                <li key={record.index}>
                  <RecordButton record={record} />
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The problems that the checks find in the current files. */
export function Problems() {
  const { problems = [], notes = [], records = [] } = state.value ?? {};
  const recordOf = (section: string | null, index: number | null): RecordAnswer | undefined =>
    records.find((record) => record.section === section && record.index === index);
  if (problems.length === 0 && notes.length === 0) return <p>The checks find no problems.</p>;
  return (
    <>
      <ul class="problem-list">
        {problems.map(({ section, index, path, message, place }) => {
          const record = recordOf(section, index);
          return (
            <li key={`${place} ${path.join('.')} ${message}`}>
              {record ? (
                <button type="button" class="link" onClick={() => openRecord(record)}>
                  {record.id || section} {path.join('.')}
                </button>
              ) : (
                <code>{place}</code>
              )}
              : {message}
            </li>
          );
        })}
      </ul>
      {notes.length > 0 && (
        <details>
          <summary>{notes.length === 1 ? '1 note' : `${notes.length} notes`}</summary>
          <ul class="problem-list">
            {notes.map(({ place, message }) => (
              <li key={`${place} ${message}`}>
                <code>{place}</code>: {message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const MAX_LISTED = 100;

/** The proposals that rules found in the text, to accept or reject. */
export function Proposals() {
  const proposals = state.value?.proposals;
  const [kind, setKind] = useState('');
  const kinds = [...new Set((proposals ?? []).map((proposal) => proposal.kind))];
  const wanted = (proposals ?? []).filter((proposal) => kind === '' || proposal.kind === kind);
  return (
    <>
      <p class="actions">
        <button type="button" onClick={() => void change({ kind: 'propose' })}>
          {proposals ? 'Propose again' : 'Make proposals'}
        </button>
        {kinds.length > 1 && (
          <select
            aria-label="Kind of proposals"
            value={kind}
            onChange={({ currentTarget }) => setKind(currentTarget.value)}
          >
            <option value="">All kinds</option>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        )}
      </p>
      {proposals?.length === 0 && <p class="quiet">Nothing is proposed.</p>}
      <ul class="proposals">
        {wanted.slice(0, MAX_LISTED).map((proposal) => (
          <OneProposal key={proposal.id} proposal={proposal} />
        ))}
      </ul>
      {wanted.length > MAX_LISTED && (
        <p class="quiet">{wanted.length - MAX_LISTED} more follow when these are decided.</p>
      )}
    </>
  );
}

function OneProposal({ proposal }: { proposal: ProposalAnswer }) {
  const { id, kind, details, at, candidates } = proposal;
  const [as, setAs] = useState(candidates.length === 1 ? (candidates[0] ?? '') : '');
  const isOfActor = kind === 'mention' || kind === 'name';
  const title = isOfActor ? 'Id of an actor or a place' : 'Id of a statement';
  const known = choices.value[title] ?? [];
  const options = candidates.length > 1 ? known.filter((choice) => candidates.includes(choice.id)) : known;
  const words = model.value.slice(at[0], at[1]);
  const accept = async (isEdited: boolean): Promise<void> => {
    const before = new Set((state.value?.records ?? []).map((record) => `${record.section} ${record.id}`));
    const answer = await change({ kind: 'accept', ids: [id], ...(as !== '' && { as: [as] }) });
    if (!answer || !isEdited) return;
    const added = answer.state.records.find((record) => !before.has(`${record.section} ${record.id}`));
    const holder = answer.state.records.find(({ passages }) =>
      passages.some(({ start, end }) => start === at[0] && end === at[1]),
    );
    const record = added ?? holder;
    if (record) openRecord(record);
  };
  return (
    <li>
      <p>
        <span class="badge">{kind}</span>{' '}
        <span id={`details-${id}`} class="quiet">
          {details}
        </span>
      </p>
      <blockquote>
        <bdi>{words}</bdi>
      </blockquote>
      <div class="field">
        <label for={`as-${id}`}>{isOfActor ? 'Actor or place' : 'Statement, event or work'}</label>
        <Combobox
          id={`as-${id}`}
          value={as}
          choices={options}
          describedBy={`details-${id}`}
          isInvalid={false}
          onChange={setAs}
        />
      </div>
      <p class="actions">
        <button type="button" onClick={() => void accept(false)}>
          Accept<span class="visually-hidden"> {id}</span>
        </button>
        <button type="button" onClick={() => void accept(true)}>
          Accept and edit<span class="visually-hidden"> {id}</span>
        </button>
        <button type="button" onClick={() => void change({ kind: 'reject', ids: [id] })}>
          Reject<span class="visually-hidden"> {id}</span>
        </button>
        <button
          type="button"
          onClick={() => {
            caret.value = { anchor: at[0], focus: at[1] };
          }}
        >
          Show<span class="visually-hidden"> {id}</span>
        </button>
      </p>
    </li>
  );
}
