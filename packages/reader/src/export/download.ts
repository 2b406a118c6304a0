/** Saves a file on the reader's device. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the content by then.
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_MS);
}

const REVOKE_MS = 10_000;

/** For how long a file is written without a pause: the page stays responsive. */
const SLICE_MS = 50;

/** The content of a file from its parts, written without long tasks. Rejects if it is aborted. */
export async function fileOf(parts: Iterable<string>, type: string, signal: AbortSignal): Promise<Blob> {
  const slices: Blob[] = [];
  let written: string[] = [];
  let pauseAt = performance.now() + SLICE_MS;
  for (const part of parts) {
    written.push(part);
    if (performance.now() < pauseAt) continue;
    // Encoding takes time, too.
    slices.push(new Blob(written));
    written = [];
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    pauseAt = performance.now() + SLICE_MS;
  }
  return new Blob([...slices, ...written], { type });
}

/** A file name from text: letters and digits joined by hyphens. */
export const fileName = (text: string, extension: string): string =>
  `${
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80) || 'dossier'
  }.${extension}`;
