import { type LayoutMessage, layoutNetwork } from './layout.js';

// A layout takes longer than a frame, in which the page could not respond.
addEventListener('message', ({ data: { number, request } }: MessageEvent<LayoutMessage>) =>
  postMessage({ number, placed: layoutNetwork(request) }),
);
