import { useEffect, useState } from 'preact/hooks';
import { LIVE } from './live.js';

/** Milliseconds after which a screen reader says what is loading. Before, it would only be in the way of what has loaded. */
const LONG = 1000;

/** A progress message. Screen readers say it if it takes long. */
export function Loading({ what }: { what: string }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="loading">
      <span class="spinner" aria-hidden="true" />
      <span aria-hidden="true"> {what} …</span>
      <span class="visually-hidden" {...LIVE}>
        {isLong && `${what} …`}
      </span>
    </p>
  );
}
