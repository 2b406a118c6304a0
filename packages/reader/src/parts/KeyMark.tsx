import type { ComponentChildren } from 'preact';

/** A mark of a chart in its key, drawn as it is in the chart. */
export const KeyMark = ({ children }: { children: ComponentChildren }) => (
  <svg class="sample-mark" viewBox="0 0 40 20" width="40" height="20" aria-hidden="true">
    {children}
  </svg>
);
