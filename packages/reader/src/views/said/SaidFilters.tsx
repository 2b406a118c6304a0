import { ReaderFacetsDocument } from '@dossier/client';
import { useState } from 'preact/hooks';
import { useQuery } from '../../graph/useQuery.js';
import { formatNumber, t } from '../../messages/messages.js';
import { DateField } from '../../parts/DateField.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { WordsField } from '../../parts/WordsField.js';
import { address, goWith } from '../../route.js';
import { type Choice, chosenFilters, FILTERS, filterOf, valuesOf } from './filter.js';

/** The filters of the list, with the number of statements for each value. Every choice is stored in the address. */
export function SaidFilters() {
  const { params } = address.value;
  const [isOpen, setOpen] = useState(false);
  // A chosen value is shown by its name, which is among the values.
  const all = isOpen || FILTERS.some(({ isFirst, param }) => !isFirst && params[param]);
  const result = useQuery(ReaderFacetsDocument, { filter: filterOf(params), all });
  const facets = result.data?.statements?.facets ?? null;
  const change = (changes: Record<string, string | null>, options?: { replace: boolean }) =>
    goWith('said', { ...changes, statement: null }, options);
  const chosen = chosenFilters(params, facets);
  const fields = FILTERS.map(({ param, title, choices, label }) => (
    <FilterSelect
      key={param}
      title={t(title as 'filter.topic')}
      value={valuesOf(params, param).join(',')}
      choices={facets ? choices(facets) : []}
      label={label}
      onChange={(value) => change({ [param]: value })}
    />
  ));
  const isFirst = (index: number): boolean => FILTERS[index]?.isFirst ?? false;
  return (
    <form class="filters" onSubmit={(event) => event.preventDefault()}>
      <WordsField
        label={t('filter.words')}
        value={params['words'] ?? ''}
        onChange={(words) => goWith('said', { words, statement: null }, { replace: true })}
      />
      {fields.filter((_, index) => isFirst(index))}
      <details class="more-filters" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{t('filter.title')}</summary>
        <div class="filters">
          {fields.filter((_, index) => !isFirst(index))}
          {(['from', 'until'] as const).map((param) => (
            <DateField
              key={param}
              label={t(`filter.${param}`)}
              value={params[param] ?? ''}
              onChange={(day, options) => change({ [param]: day || null }, options)}
            />
          ))}
          <p class="quiet small">{t('filter.mostFrequent')}</p>
          {facets?.isBounded && <p class="quiet small">{t('filter.minimum')}</p>}
        </div>
      </details>
      {chosen.length > 0 && (
        <ul class="chosen-filters">
          {chosen.map(({ param, name, value }) => (
            <li key={param}>
              <button
                type="button"
                aria-label={t('filter.remove', { name, value: escapeInvisible(value) })}
                onClick={() => change({ [param]: null })}
              >
                {name}: <bdi>{escapeInvisible(value)}</bdi> <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
          {chosen.length > 1 && (
            <li>
              <button
                type="button"
                onClick={() => change(Object.fromEntries(chosen.map(({ param }) => [param, null])))}
              >
                {t('filter.clear')}
              </button>
            </li>
          )}
        </ul>
      )}
    </form>
  );
}

interface FilterSelectProps {
  title: string;
  value: string;
  choices: readonly Choice[];
  label: (value: string) => string;
  onChange: (value: string | null) => void;
}

function FilterSelect({ title, value, choices, label, onChange }: FilterSelectProps) {
  const isMissing = value !== '' && !choices.some((choice) => choice.value === value);
  return (
    <label>
      {title}
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value || null)}>
        <option value="">{t('filter.any')}</option>
        {isMissing && <option value={value}>{escapeInvisible(label(value))}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.count === null
              ? escapeInvisible(choice.label)
              : t('filter.choice', { name: escapeInvisible(choice.label), count: formatNumber(choice.count) })}
          </option>
        ))}
      </select>
    </label>
  );
}
