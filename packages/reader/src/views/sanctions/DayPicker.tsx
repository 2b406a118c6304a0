import { t } from '../../messages/messages.js';
import { goWith } from '../../route.js';
import { dayInAddress } from './day.js';

/** Selects the day of the view, which is stored in the address. */
export const DayPicker = ({ day }: { day: string }) => (
  <form class="filters" onSubmit={(event) => event.preventDefault()}>
    <label>
      {t('sanctions.day')}
      <input
        type="date"
        value={day}
        onChange={({ currentTarget: { value } }) => {
          if (value && dayInAddress(value) === value) goWith('sanctions', { on: value });
        }}
      />
    </label>
    <p class="quiet small">{t('sanctions.dayNote')}</p>
  </form>
);
