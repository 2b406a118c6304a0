import { t } from '../../messages/messages.js';
import { DateField } from '../../parts/DateField.js';
import { goWith } from '../../route.js';
import { dateOf, dayOf, type Preset, type Window } from './extent.js';

/** Selects a preset window, or two days. */
export function WindowPicker({
  presets,
  windowParam,
  window: { from, until },
}: {
  presets: readonly Preset[];
  windowParam: string | undefined;
  window: Window;
}) {
  const isOwn = windowParam?.includes(',') ?? false;
  const own = (first: string, last: string): void => {
    const [start, end] = [dayOf(first), dayOf(last)];
    if (start !== null && end !== null && start <= end)
      goWith('timeline', { window: `${first},${last}` }, { replace: true });
  };
  if (presets.length === 0) return null;
  return (
    <>
      <label>
        {t('timeline.days')}
        <select
          value={isOwn ? 'own' : presets.some(({ key }) => key === windowParam) ? windowParam : 'year'}
          onChange={({ currentTarget: { value } }) =>
            goWith('timeline', {
              window: value === 'year' ? null : value === 'own' ? `${dateOf(from)},${dateOf(until - 1)}` : value,
            })
          }
        >
          {presets.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
          <option value="own">{t('timeline.own')}</option>
        </select>
      </label>
      {isOwn && (
        <>
          <DateField
            label={t('timeline.from')}
            value={dateOf(from)}
            onChange={(first) => own(first, dateOf(until - 1))}
          />
          <DateField
            label={t('timeline.until')}
            value={dateOf(until - 1)}
            onChange={(last) => own(dateOf(from), last)}
          />
        </>
      )}
    </>
  );
}
