import { t } from '../../messages/messages.js';
import { DateField } from '../../parts/DateField.js';
import { goWith } from '../../route.js';
import { dayInAddress } from './day.js';

/** Selects the day of the view, which is stored in the address. */
export const DayPicker = ({ day }: { day: string }) => (
  <form class="filters" onSubmit={(event) => event.preventDefault()}>
    <DateField
      label={t('sanctions.day')}
      value={day}
      onChange={(on, options) => {
        if (on && dayInAddress(on) === on) goWith('sanctions', { on }, options);
      }}
    />
    <p class="quiet small">{t('sanctions.dayNote')}</p>
  </form>
);
