import type { Mark } from './marks.js';

interface Span {
  start: number;
  end: number;
}

/** Bars that show the position of the claims in a paragraph. Hidden from screen readers, because the list beside it has the same claims. */
export function Strip({ span, marks, selected }: { span: Span; marks: readonly Mark[]; selected: string | undefined }) {
  const length = Math.max(1, span.end - span.start);
  const percent = (place: number): string =>
    `${(100 * (Math.min(Math.max(place, span.start), span.end) - span.start)) / length}%`;
  const here = marks.filter((mark) => mark.start < span.end && mark.end > span.start);
  return (
    <div class="strip" aria-hidden="true">
      {here.map(({ start, end, is }) => {
        const kind =
          'statement' in is
            ? `strip-claim${is.statement === selected ? ' is-on' : ''}`
            : 'quotation' in is
              ? 'strip-quote'
              : 'hedge' in is
                ? 'strip-hedge'
                : 'sought' in is
                  ? 'strip-sought'
                  : null;
        if (!kind) return null;
        return (
          <span
            key={`${kind} ${start} ${end}`}
            class={kind}
            style={{ left: percent(start), width: `calc(${percent(end)} - ${percent(start)})` }}
          />
        );
      })}
    </div>
  );
}
