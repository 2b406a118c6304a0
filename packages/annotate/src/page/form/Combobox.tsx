import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Choice } from '../../api.js';

interface ComboboxProps {
  id: string;
  value: string;
  choices: readonly Choice[];
  describedBy: string;
  isInvalid: boolean;
  isRequired?: boolean;
  label?: string;
  onChange: (value: string) => void;
  /** Offers to create what was typed; absent if that is not possible. */
  onCreate?: (typed: string) => void;
  createLabel?: string;
}

const MAX_SHOWN = 50;

/**
 * An input with suggestions, after the pattern of the ARIA Authoring Practices:
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. The value is an id; any text may be entered.
 */
export function Combobox(props: ComboboxProps) {
  const { id, value, choices, describedBy, isInvalid, isRequired, label, onChange, onCreate, createLabel } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const list = useId();
  const options = useRef<HTMLDivElement>(null);
  const text = typed ?? value;
  const wanted = fold(text);
  const isOpen = typed !== null;
  const matches = isOpen
    ? choices
        .filter(
          (choice) =>
            wanted === '' || text === value || fold(choice.id).includes(wanted) || fold(choice.name).includes(wanted),
        )
        .slice(0, MAX_SHOWN)
    : [];
  const isKnown = choices.some((choice) => choice.id === text);
  const canCreate = onCreate !== undefined && isOpen && text.trim() !== '' && !isKnown;
  const count = matches.length + (canCreate ? 1 : 0);
  const name = choices.find((choice) => choice.id === value)?.name;

  const close = (): void => {
    setTyped(null);
    setActive(-1);
  };
  const choose = (index: number): void => {
    const choice = matches[index];
    close();
    if (choice) onChange(choice.id);
    else if (canCreate) onCreate?.(text.trim());
  };
  useEffect(() => {
    options.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) setTyped(value);
      else if (count > 0)
        setActive((last) => (last + (event.key === 'ArrowDown' ? 1 : last < 0 ? 0 : -1) + count) % count);
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      if (active >= 0) choose(active);
      else {
        const only = matches.length === 1 && text !== '' ? matches[0] : undefined;
        onChange(isKnown ? text : (only?.id ?? text.trim()));
        close();
      }
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };

  return (
    <div class="combobox">
      <input
        id={id}
        type="text"
        role="combobox"
        autoComplete="off"
        spellcheck={false}
        aria-autocomplete="list"
        aria-expanded={isOpen && count > 0}
        aria-controls={list}
        {...(active >= 0 && { 'aria-activedescendant': `${list}-${active}` })}
        aria-describedby={`${describedBy} ${list}-name`}
        aria-invalid={isInvalid}
        aria-required={isRequired}
        {...(label !== undefined && { 'aria-label': label })}
        value={text}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setActive(-1);
        }}
        onClick={() => {
          if (!isOpen) setTyped(value);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (typed !== null && typed.trim() !== value) onChange(typed.trim());
          close();
        }}
      />
      <span id={`${list}-name`} class="choice-name">
        {!isOpen && name}
      </span>
      <div
        ref={options}
        id={list}
        role="listbox"
        aria-label="Suggestions"
        class="listbox"
        hidden={!isOpen || count === 0}
      >
        {matches.map((choice, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the input has the focus and the keys.
          <div
            key={choice.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(index)}
          >
            <bdi>{choice.name || choice.id}</bdi> <code>{choice.id}</code>
          </div>
        ))}
        {canCreate && (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the input has the focus and the keys.
          <div
            id={`${list}-${matches.length}`}
            role="option"
            aria-selected={active === matches.length}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(matches.length)}
          >
            {createLabel} “<bdi>{text.trim()}</bdi>”
          </div>
        )}
      </div>
    </div>
  );
}

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
