import { t } from '../../messages/messages.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { enumText, shortId } from '../../parts/labels.js';
import { graphLanguage } from '../../parts/SafeText.js';
import { type Segment, textOf } from './segments.js';

interface PassageProps {
  /** Number of the paragraph, shown in the margin of the text. */
  number?: number;
  excerpt: string;
  origin: number;
  segments: readonly Segment[];
  selected: string | undefined;
  hrefOf: (statement: string) => string;
}

/** The words of a paragraph with its highlights. The number of each claim links to it. */
export function Passage({ number, excerpt, origin, segments, selected, hrefOf }: PassageProps) {
  const points = [...excerpt];
  return (
    <p class="passage" data-paragraph={number} data-number={number === undefined ? undefined : `¶ ${number}`}>
      {segments.map((segment) => (
        <span key={segment.start} class={classOf(segment, selected)} title={tipOf(segment)}>
          {segment.begins.map((id) => (
            // The number is generated content, which is not copied with the words.
            // biome-ignore lint/a11y/useAnchorContent: its name is the label
            <a
              key={id}
              class="claim-mark"
              href={hrefOf(id)}
              aria-label={t('document.claimMark', { id: shortId(id) })}
              data-mark={shortId(id)}
            />
          ))}
          <bdi data-start={segment.start} data-end={segment.end} lang={graphLanguage()}>
            {escapeInvisible(textOf(points, origin, segment))}
          </bdi>
        </span>
      ))}
    </p>
  );
}

function classOf(
  { statements, quotation, hedges, records, isInsertion, isTarget, found }: Segment,
  selected: string | undefined,
): string {
  return [
    'seg',
    statements.length > 0 && 'in-claim',
    selected && statements.includes(selected) && 'is-on',
    quotation && `quote quote-${quotation.kind.toLowerCase()}`,
    hedges.length > 0 && 'hedge',
    records.length > 0 && 'in-record',
    isInsertion && 'insertion',
    isTarget && 'sought',
    found && `found found-${found}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** The tooltip of a segment. The page of the statement has the same information. */
function tipOf({ quotation, hedges, records, isInsertion }: Segment): string | undefined {
  const tips = [
    ...(quotation ? [enumText(quotation.kind)] : []),
    ...(isInsertion ? [t('document.insertion')] : []),
    ...hedges.map((kind) => t('document.hedge', { kind: enumText(kind) })),
    ...records,
  ];
  return tips.length > 0 ? tips.join('; ') : undefined;
}
