import { useLayoutEffect, useRef } from 'preact/hooks';
import { Fields, fieldId } from './form/Field.js';
import { sectionName } from './form/schema.js';
import { closeForm, documentAnswer, form, remove, save } from './store.js';

/** The form of a new or known record, generated from the format. */
export function RecordForm({ onDone }: { onDone: () => void }) {
  const open = form.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const key = open ? `${open.section} ${open.index} ${open.id}` : '';
  useLayoutEffect(() => {
    if (key !== '') heading.current?.focus();
  }, [key]);
  if (!open) return <p class="quiet">Select words in the text to record them, or open a record to change it.</p>;
  const section = documentAnswer.value?.sections.find((each) => each.section === open.section);
  const { problems, index, id, isChecking, isSaving } = open;
  const title = `${index === null ? 'New' : 'Change'} ${sectionName(open.section)} ${index === null ? '' : id}`.trim();
  const submit = async (): Promise<void> => {
    if (await save()) onDone();
  };
  const cancel = (): void => {
    closeForm();
    onDone();
  };
  return (
    <form
      class="record-form"
      aria-labelledby="form-title"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void submit();
        } else if (event.key === 'Escape') onDone();
      }}
    >
      <h2 id="form-title" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p class="form-state" role="status">
        {isChecking
          ? 'Checking…'
          : problems.length === 0
            ? 'No problems.'
            : problems.length === 1
              ? '1 problem.'
              : `${problems.length} problems.`}
      </p>
      {section && <Fields schema={section.schema} path={[]} order={section.keys} />}
      {problems.length > 0 && (
        <section aria-label="Problems of this record">
          <h3>Problems</h3>
          <ul class="problem-list">
            {problems.map(({ path, message }) => (
              <li key={`${path.join('.')} ${message}`}>
                <a
                  href={`#${fieldId(path)}`}
                  onClick={(event) => {
                    event.preventDefault();
                    nearestField(path)?.focus();
                  }}
                >
                  {path.join('.') || 'The record'}
                </a>
                : {message}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="actions">
        <button type="submit" class="primary" disabled={isSaving}>
          {problems.length > 0 ? 'Save with its problems' : 'Save'}
        </button>
        <button type="button" onClick={cancel}>
          Cancel
        </button>
        {index !== null && (
          <button
            type="button"
            class="danger"
            onClick={() => void remove(open).then((isRemoved) => isRemoved && onDone())}
          >
            Remove
          </button>
        )}
      </p>
    </form>
  );
}

/** The field at a path, or the nearest one around it. */
function nearestField(path: readonly (string | number)[]): HTMLElement | null {
  for (let length = path.length; length > 0; length -= 1) {
    const element = document.getElementById(fieldId(path.slice(0, length)));
    const control = element?.matches('input, select, textarea')
      ? element
      : element?.querySelector<HTMLElement>('input, select, textarea, button');
    if (!control) continue;
    // A collapsed field cannot have the focus.
    for (let fold = control.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
      fold.open = true;
    return control;
  }
  return null;
}
