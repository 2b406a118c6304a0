import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FieldSchema, Path, ProblemAnswer, RecordValue } from '../../api.js';
import { choices, cite, documentAnswer, form, model, selection, setValue } from '../store.js';
import { Combobox } from './Combobox.js';
import { NewActor } from './NewActor.js';
import { isEmptyValue, isPassage, itemName, kindOf, labelOf, type Resolved, resolve, variantOf } from './schema.js';
import { valueAt } from './values.js';

export const fieldId = (path: Path): string => `field-${path.join('-')}`;

const isAt = (problem: ProblemAnswer, path: Path): boolean => problem.path.join(' ') === path.join(' ');

const problemsAt = (path: Path): readonly ProblemAnswer[] =>
  (form.value?.problems ?? []).filter((each) => isAt(each, path));
const notesAt = (path: Path): readonly ProblemAnswer[] => (form.value?.notes ?? []).filter((each) => isAt(each, path));

interface FieldProps {
  schema: FieldSchema;
  path: Path;
  name: string;
  label: string;
  isRequired: boolean;
}

/** A field of the form, with its meaning and its problems. */
function Field({ schema, path, name, label, isRequired }: FieldProps) {
  const value = valueAt(form.value?.record, path);
  const resolved = resolve(schema, documentAnswer.value?.definitions ?? {}, value);
  const kind = kindOf(resolved, name);
  if (kind === 'list')
    return <ListField resolved={resolved} path={path} name={name} label={label} isRequired={isRequired} />;
  if (kind === 'mapping' || kind === 'variants')
    return (
      <Group path={path} label={label} description={resolved.schema.description}>
        <Fields schema={resolved.schema} path={path} />
      </Group>
    );
  return <LeafField resolved={resolved} path={path} name={name} label={label} isRequired={isRequired} />;
}

/** The fields of a mapping: first those that are required or have a value, then the rest, which can be expanded. */
export function Fields({ schema, path, order }: { schema: FieldSchema; path: Path; order?: readonly string[] }) {
  const value = valueAt(form.value?.record, path) as RecordValue | undefined;
  const { schema: own, kinds } = schema.oneOf ? variantOf(schema, value) : { schema, kinds: [] as readonly string[] };
  const properties = own.properties ?? {};
  const known = Object.keys(properties);
  const ordered = order
    ? [...order.filter((key) => known.includes(key)), ...known.filter((key) => !order.includes(key))]
    : known;
  // A passage is shown by its words, not by its position and digest.
  const keys = isPassage(own) ? ordered.filter((key) => key !== 'at' && key !== 'digest') : ordered;
  const isRequired = (key: string): boolean => own.required?.includes(key) ?? false;
  // Decided once: a field that moved while somebody types in it would lose the focus.
  const first = useRef<ReadonlySet<string> | null>(null);
  first.current ??= new Set(known.filter((key) => !isEmptyValue(value?.[key])));
  const isFirst = (key: string): boolean => isRequired(key) || key === 'passages' || first.current?.has(key) === true;
  const hidden = keys.filter((key) => !isFirst(key));
  const rest = keys.length - hidden.length === 0 && hidden.length <= MAX_UNFOLDED ? [] : hidden;
  const fieldOf = (key: string): ComponentChildren => {
    const property = properties[key] ?? {};
    const isKind = key === 'kind' && kinds.length > 0;
    return (
      <Field
        key={key}
        schema={
          isKind
            ? { enum: kinds, ...(property.description !== undefined && { description: property.description }) }
            : property
        }
        path={[...path, key]}
        name={key}
        label={labelOf(key)}
        isRequired={isRequired(key)}
      />
    );
  };
  return (
    <>
      {isPassage(own) && <PassageField path={path} />}
      {keys.filter((key) => !rest.includes(key)).map(fieldOf)}
      {rest.length > 0 && (
        <details class="more-fields">
          <summary>
            {rest.length === 1 ? '1 more field' : `${rest.length} more fields`}: {rest.map(labelOf).join(', ')}
          </summary>
          {rest.map(fieldOf)}
        </details>
      )}
    </>
  );
}

/** The number of optional fields that are shown without expanding them, if there are no others. */
const MAX_UNFOLDED = 6;

function Group({
  path,
  label,
  description,
  children,
}: {
  path: Path;
  label: string;
  description: string | undefined;
  children: ComponentChildren;
}) {
  const id = fieldId(path);
  return (
    <fieldset id={id} aria-describedby={`${id}-about`}>
      <legend>{label}</legend>
      <About path={path} description={description} />
      {children}
    </fieldset>
  );
}

/** The description and the problems of a field. */
function About({ path, description }: { path: Path; description: string | undefined }) {
  return (
    <span id={`${fieldId(path)}-about`} class="about">
      {problemsAt(path).map(({ message }) => (
        <span key={message} class="field-error">
          <span class="visually-hidden">Problem: </span>
          {message}
        </span>
      ))}
      {notesAt(path).map(({ message }) => (
        <span key={message} class="field-note">
          {message}
        </span>
      ))}
      {description && <span class="hint">{description.replaceAll('`', '')}</span>}
    </span>
  );
}

function LeafField({ resolved, path, name, label, isRequired }: Omit<FieldProps, 'schema'> & { resolved: Resolved }) {
  const id = fieldId(path);
  const { description } = resolved.schema;
  return (
    <div class="field">
      <label for={id}>
        {label}
        {isRequired && <span class="required"> (required)</span>}
      </label>
      <Control resolved={resolved} path={path} name={name} isRequired={isRequired} />
      <About path={path} description={description} />
    </div>
  );
}

function Control({
  resolved,
  path,
  name,
  isRequired = false,
  label,
}: {
  resolved: Resolved;
  path: Path;
  name: string;
  isRequired?: boolean;
  label?: string;
}) {
  const value = valueAt(form.value?.record, path);
  const common = {
    id: fieldId(path),
    'aria-describedby': `${fieldId(path)}-about`,
    'aria-invalid': problemsAt(path).length > 0,
    ...(label !== undefined && { 'aria-label': label }),
  };
  const text = value === undefined || value === null ? '' : String(value);
  switch (kindOf(resolved, name)) {
    case 'enum':
      return (
        <select
          {...common}
          required={isRequired}
          value={text}
          onChange={({ currentTarget }) => setValue(path, currentTarget.value || undefined)}
        >
          <option value="">{isRequired ? 'Choose…' : 'Not given'}</option>
          {resolved.schema.enum?.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      );
    case 'flag':
      return (
        <input
          {...common}
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => setValue(path, currentTarget.checked)}
        />
      );
    case 'integer':
      return (
        <input
          {...common}
          type="text"
          inputMode="numeric"
          required={isRequired}
          value={text}
          onInput={({ currentTarget }) => setValue(path, numberOf(currentTarget.value))}
        />
      );
    case 'reference':
      return (
        <Reference
          title={resolved.schema.title ?? ''}
          path={path}
          isRequired={isRequired}
          {...(label !== undefined && { label })}
        />
      );
    case 'text':
      return (
        <textarea
          {...common}
          required={isRequired}
          rows={Math.min(8, Math.max(2, Math.ceil(text.length / 60)))}
          value={text}
          onInput={({ currentTarget }) => setValue(path, currentTarget.value)}
        />
      );
    default:
      return (
        <input
          {...common}
          type="text"
          required={isRequired}
          placeholder={PLACEHOLDERS[resolved.schema.title ?? ''] ?? ''}
          value={text}
          onInput={({ currentTarget }) => setValue(path, currentTarget.value)}
        />
      );
  }
}

const PLACEHOLDERS: Readonly<Record<string, string>> = { EDTF: '2031-04-09', Day: '2031-04-09', URL: 'https://' };

/** A value that is not an integer is kept as it was typed, so that the check can report it. */
const numberOf = (text: string): number | string | undefined =>
  text.trim() === '' ? undefined : /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text;

function Reference({
  title,
  path,
  isRequired,
  label,
}: {
  title: string;
  path: Path;
  isRequired: boolean;
  label?: string;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const id = fieldId(path);
  const value = valueAt(form.value?.record, path);
  const isPlace = title === 'Id of a place';
  const isCreatable = isPlace || title === 'Id of an actor' || title === 'Id of an actor or a place';
  return (
    <>
      <Combobox
        id={id}
        value={typeof value === 'string' ? value : ''}
        choices={choices.value[title] ?? []}
        describedBy={`${id}-about`}
        isInvalid={problemsAt(path).length > 0}
        isRequired={isRequired}
        {...(label !== undefined && { label })}
        onChange={(next) => setValue(path, next)}
        {...(isCreatable && { onCreate: setTyped, createLabel: isPlace ? 'Create the place' : 'Create the actor' })}
      />
      {typed !== null && (
        <NewActor
          typed={typed}
          isPlace={isPlace}
          onDone={(created) => {
            setTyped(null);
            if (created !== null) setValue(path, created);
            document.getElementById(id)?.focus();
          }}
        />
      )}
    </>
  );
}

function ListField({ resolved, path, name, label }: Omit<FieldProps, 'schema'> & { resolved: Resolved }) {
  const value = valueAt(form.value?.record, path);
  const items = Array.isArray(value) ? (value as unknown[]) : [];
  const schema = resolved.schema.items || {};
  const { definitions = {} } = documentAnswer.value ?? {};
  const item = resolve(schema, definitions);
  const isGroup = item.schema.type === 'object' || item.schema.oneOf !== undefined;
  const isOfPassages = isPassage(item.schema);
  const what = itemName(name);
  const added = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (added.current !== null) firstControl(added.current)?.focus();
    added.current = null;
  }, [items.length]);
  const add = async (): Promise<void> => {
    const place = [...path, items.length];
    const passage = isOfPassages ? await cite() : null;
    if (isOfPassages && !passage) return;
    added.current = fieldId(place);
    if (passage)
      setValue(place, { ...(name === 'mentions' && { form: 'NAME' }), at: passage.at, digest: passage.digest });
    else setValue(place, isGroup ? {} : '');
  };
  return (
    <Group path={path} label={label} description={resolved.schema.description}>
      {items.length > 0 && (
        <ol class="items">
          {items.map((_, index) => {
            const place = [...path, index];
            return (
              <li key={index} class="item">
                {isGroup ? (
                  <Group path={place} label={`${labelOf(what)} ${index + 1}`} description={undefined}>
                    <Fields schema={item.schema} path={place} />
                  </Group>
                ) : (
                  <div class="field">
                    <Control resolved={item} path={place} name={name} label={`${labelOf(what)} ${index + 1}`} />
                    <About path={place} description={undefined} />
                  </div>
                )}
                <button type="button" class="remove" onClick={() => setValue(place, undefined)}>
                  Remove
                  <span class="visually-hidden">
                    {' '}
                    {what} {index + 1}
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
      )}
      <button type="button" onClick={() => void add()}>
        {isOfPassages ? `Add the selection as ${withArticle(what)}` : `Add ${withArticle(what)}`}
      </button>
    </Group>
  );
}

const firstControl = (id: string): HTMLElement | null => {
  const element = document.getElementById(id);
  return element?.matches('input, select, textarea')
    ? element
    : (element?.querySelector<HTMLElement>('input, select, textarea, button') ?? null);
};

/** The words of a passage, and a button that replaces them with the selected words. */
function PassageField({ path }: { path: Path }) {
  const passage = valueAt(form.value?.record, path) as { at?: unknown } | undefined;
  const at = Array.isArray(passage?.at) ? (passage.at as [number, number]) : null;
  const words = at && model.value.slice(at[0], at[1]);
  return (
    <div class="passage-field">
      {at ? (
        <blockquote>
          <bdi>{words || 'The words are not available.'}</bdi>{' '}
          <span class="quiet small">
            {at[0]}–{at[1]}
          </span>
        </blockquote>
      ) : (
        <p class="quiet small">No passage yet.</p>
      )}
      <About path={[...path, 'at']} description={undefined} />
      <About path={[...path, 'digest']} description={undefined} />
      <button
        type="button"
        disabled={!selection.value}
        onClick={() =>
          void cite().then((cited) => {
            if (!cited) return;
            setValue([...path, 'at'], cited.at);
            setValue([...path, 'digest'], cited.digest);
          })
        }
      >
        Use the selection
      </button>
    </div>
  );
}

const withArticle = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
