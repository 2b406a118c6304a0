import { goWith } from '../../route.js';
import { dayAsked } from './day.js';

/** Selects the day of the view, which is stored in the address. */
export const DayPicker = ({ day }: { day: string }) => (
  <form class="filters" onSubmit={(event) => event.preventDefault()}>
    <label>
      As of
      <input
        type="date"
        value={day}
        onChange={({ currentTarget: { value } }) => {
          if (value && dayAsked(value) === value) goWith('sanctions', { on: value });
        }}
      />
    </label>
    <p class="quiet small">Listings and provisions are shown as they stood on this day.</p>
  </form>
);
