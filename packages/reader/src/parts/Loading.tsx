/** Told to screen readers as it comes and goes. */
export const Loading = ({ what }: { what: string }) => (
  <p class="loading" role="status">
    <span class="spinner" aria-hidden="true" /> {what} …
  </p>
);
