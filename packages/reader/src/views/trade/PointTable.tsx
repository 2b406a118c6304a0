import { decimalText, type FigureFragment, figureText } from '@dossier/client';
import { shortId } from '../../parts/labels.js';
import { PassageLinks } from '../../parts/Passages.js';
import { quantityText } from '../../parts/quantity.js';
import { SafeText } from '../../parts/SafeText.js';
import { hrefWith } from '../../route.js';
import type { Slot } from './slots.js';

/** Least and greatest value that the figure leaves open. */
export function boundsText({
  lowerBound,
  upperBound,
  unit,
}: Pick<FigureFragment, 'lowerBound' | 'upperBound' | 'unit'>): string {
  const exact = (value: string): string => figureText({ value, unit, qualifier: 'EXACT' }).text;
  if (lowerBound === null && upperBound === null) return 'no bounds';
  if (upperBound === null) return `at least ${exact(lowerBound ?? '0')}`;
  if (lowerBound === null) return `at most ${exact(upperBound)}`;
  return `${decimalText(lowerBound).text} to ${exact(upperBound)}`;
}

/** The content of the chart as a table, with exact numbers. */
export const PointTable = ({ slots, caption }: { slots: readonly Slot[]; caption: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be focusable.
  <section class="scroll" tabIndex={0} aria-label={`${caption}, as a table`}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Period</th>
          <th scope="col">Quantity</th>
          <th scope="col">Bounds</th>
          <th scope="col">Basis</th>
          <th scope="col">Passage</th>
        </tr>
      </thead>
      <tbody>
        {slots.map(({ key, label, state, figure }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            {figure ? (
              <>
                <td>
                  <a href={hrefWith('trade', { figure: figure.id })}>{quantityText(figure).text}</a>
                </td>
                <td>{figure.value === null ? 'not known' : boundsText(figure)}</td>
                <td>
                  {state === 'derived' ? (
                    <SafeText text={`computed: ${figure.derivation?.formula ?? ''}`} />
                  ) : state === 'missing' ? (
                    'mentioned without a number'
                  ) : (
                    <SafeText text={`stated as “${figure.statedAs ?? ''}”`} />
                  )}
                </td>
                <td>
                  {figure.citations.length > 0 ? (
                    <PassageLinks citations={figure.citations} />
                  ) : (
                    <Inputs figure={figure} />
                  )}
                </td>
              </>
            ) : (
              <>
                <td>no figure in the graph</td>
                <td>not known</td>
                <td>–</td>
                <td>–</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** A derived figure has no passage of its own, but its inputs have. */
export const Inputs = ({ figure: { derivation } }: { figure: FigureFragment }) =>
  derivation ? (
    <>
      from{' '}
      {derivation.inputs.map(({ id }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <a href={hrefWith('trade', { figure: id })}>{shortId(id)}</a>
        </span>
      ))}
    </>
  ) : null;
