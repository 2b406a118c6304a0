import { positionOf } from '@dossier/client';
import { t } from '../../messages/messages.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { graphLanguage, SafeText } from '../../parts/SafeText.js';

/** A passage within the text around it, in whole words; alone until that is loaded. */
export function Surrounded({
  passage,
  around,
  length,
}: {
  passage: { id: string; excerpt: string | null };
  around: { id: string; excerpt: string | null } | null;
  /** Characters of the document. */
  length: number;
}) {
  if (!around?.excerpt)
    return (
      <blockquote>{passage.excerpt ? <SafeText text={passage.excerpt} /> : t('passage.unavailableShort')}</blockquote>
    );
  const { start, end } = positionOf(passage);
  const { start: origin, end: last } = positionOf(around);
  const points = [...around.excerpt];
  const part = (from: number, until: number): string => points.slice(from, until).join('');
  const [before, after] = [part(0, start - origin), part(end - origin, points.length)];
  return (
    <blockquote class="surrounded">
      <bdi lang={graphLanguage()}>
        {origin > 0 ? `… ${escapeInvisible(before.replace(/^\S*\s*/, ''))}` : escapeInvisible(before)}
        <mark>{escapeInvisible(part(start - origin, end - origin))}</mark>
        {last < length ? `${escapeInvisible(after.replace(/\s*\S*$/, ''))} …` : escapeInvisible(after)}
      </bdi>
    </blockquote>
  );
}
