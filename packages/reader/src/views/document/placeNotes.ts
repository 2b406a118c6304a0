/** A note in the margin: the line that it belongs to, and its height, in pixels. */
export interface NoteBox {
  line: number;
  height: number;
}

/**
 * The top of each note: at its line, or below the note before it. The note at the index `fixed` is at its own line, and the notes before it
 * move up as far as they must. No note is above 0.
 */
export function placeNotes(notes: readonly NoteBox[], gap: number, fixed = -1): number[] {
  const tops: number[] = [];
  let bottom = 0;
  for (const { line, height } of notes) {
    const top = Math.max(line, bottom);
    tops.push(top);
    bottom = top + height + gap;
  }
  const chosen = notes[fixed];
  if (!chosen) return tops;
  // The notes above it need room, so that it cannot be higher than their heights.
  const needed = notes.slice(0, fixed).reduce((sum, { height }) => sum + height + gap, 0);
  tops[fixed] = Math.max(chosen.line, needed);
  for (let index = fixed - 1; index >= 0; index--)
    tops[index] = Math.min(tops[index] ?? 0, (tops[index + 1] ?? 0) - gap - (notes[index]?.height ?? 0));
  bottom = (tops[fixed] ?? 0) + chosen.height + gap;
  for (let index = fixed + 1; index < notes.length; index++) {
    const { line, height } = notes[index] as NoteBox;
    tops[index] = Math.max(line, bottom);
    bottom = (tops[index] ?? 0) + height + gap;
  }
  return tops;
}
