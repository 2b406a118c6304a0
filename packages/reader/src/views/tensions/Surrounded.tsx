import { positionOf } from '@dossier/client';
import { t } from '../../messages/messages.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { graphLanguage, SafeText } from '../../parts/SafeText.js';

/** A passage within the text around it; alone until that is loaded. */
export function Surrounded({
  passage,
  around,
}: {
  passage: { id: string; excerpt: string | null };
  around: { id: string; excerpt: string | null } | null;
}) {
  if (!around?.excerpt)
    return (
      <blockquote>{passage.excerpt ? <SafeText text={passage.excerpt} /> : t('passage.unavailableShort')}</blockquote>
    );
  const { start, end } = positionOf(passage);
  const origin = positionOf(around).start;
  const points = [...around.excerpt];
  const part = (from: number, until: number): string => escapeInvisible(points.slice(from, until).join(''));
  return (
    <blockquote class="surrounded">
      <bdi lang={graphLanguage()}>
        {start > origin && '… '}
        {part(0, start - origin)}
        <mark>{part(start - origin, end - origin)}</mark>
        {part(end - origin, points.length)} …
      </bdi>
    </blockquote>
  );
}
