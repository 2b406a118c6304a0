import { useState } from 'preact/hooks';
import { writeAddress } from '../../address.js';
import { t } from '../../messages/messages.js';
import { shortId } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import type { Tie, TieKind } from './ties.js';

const MAX_SHOWN = 6;

const addressOf = (kind: TieKind, id: string): string =>
  kind === 'recognised'
    ? writeAddress('timeline', { event: id })
    : kind === 'traded'
      ? writeAddress('trade', { figure: id })
      : writeAddress('said', { statement: id });

/** A tie as text, seen from one of its ends. */
const tieText = (kind: TieKind, isFrom: boolean): string => t(isFrom ? `tie.${kind}` : `tie.${kind}Back`);

/** The ties of one actor as text, each with links to the records that show it. */
export const TieList = ({
  ties,
  self,
  names,
}: {
  ties: readonly Tie[];
  self: string;
  names: ReadonlyMap<string, string | null>;
}) => (
  <ul class="plain-list ties">
    {ties.map(({ key, kind, from, to, shownBy, isLikely }) => {
      const other = from === self ? to : from;
      const name = names.get(other);
      return (
        <li key={key}>
          <span
            class={`tie-mark tie-mark-${kind}${isLikely ? ' is-likely' : ''}${from === self ? '' : ' is-back'}`}
            aria-hidden="true"
          />{' '}
          {isLikely ? t('network.probably', { tie: tieText(kind, from === self) }) : tieText(kind, from === self)}{' '}
          <Name actor={name ? { id: other, name } : null} id={other} />{' '}
          <span class="quiet small">
            <ShownBy kind={kind} ids={shownBy} />
          </span>
        </li>
      );
    })}
  </ul>
);

/** Links to the records of a tie: the first ones, and all on request. */
function ShownBy({ kind, ids }: { kind: TieKind; ids: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? ids : ids.slice(0, MAX_SHOWN);
  return (
    <>
      {shown.map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <a href={addressOf(kind, id)}>{shortId(id)}</a>
        </span>
      ))}
      {shown.length < ids.length && (
        <>
          {' '}
          <button type="button" class="inline" onClick={() => setOpen(true)}>
            {t('network.moreRecords', { count: ids.length - shown.length })}
          </button>
        </>
      )}
    </>
  );
}
