/** A progress message, which screen readers announce. */
export const Loading = ({ what }: { what: string }) => (
  <p class="loading" role="status">
    <span class="spinner" aria-hidden="true" /> {what} …
  </p>
);
