import { decimalText, type FigureFragment, figureText } from '@dossier/client';
import type { ComponentChildren } from 'preact';
import { rich, t } from '../../messages/messages.js';
import { shortId } from '../../parts/labels.js';
import { PassageLinks } from '../../parts/Passages.js';
import { FIGURE_WORDS, quantityText } from '../../parts/quantity.js';
import { SafeText } from '../../parts/SafeText.js';
import { hrefWith } from '../../route.js';
import type { Slot } from './slots.js';

/** Least and greatest value that the figure leaves open. */
export function boundsText({
  lowerBound,
  upperBound,
  unit,
}: Pick<FigureFragment, 'lowerBound' | 'upperBound' | 'unit'>): string {
  const exact = (value: string): string =>
    figureText({ value, unit, qualifier: 'EXACT' }, { words: FIGURE_WORDS }).text;
  if (lowerBound === null && upperBound === null) return t('trade.noBounds');
  if (upperBound === null) return t('trade.atLeast', { value: exact(lowerBound ?? '0') });
  if (lowerBound === null) return t('trade.atMost', { value: exact(upperBound) });
  return t('trade.boundsRange', {
    from: decimalText(lowerBound, { words: FIGURE_WORDS }).text,
    until: exact(upperBound),
  });
}

interface PointTableProps {
  slots: readonly Slot[];
  /** The caption as text. */
  label: string;
  caption: ComponentChildren;
}

/** The content of the chart as a table, with exact numbers. */
export const PointTable = ({ slots, label, caption }: PointTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be focusable.
  <section class="scroll" tabIndex={0} aria-label={t('trade.tableLabel', { title: label })}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('trade.period')}</th>
          <th scope="col">{t('trade.quantity')}</th>
          <th scope="col">{t('trade.bounds')}</th>
          <th scope="col">{t('trade.basis')}</th>
          <th scope="col">{t('trade.passage')}</th>
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
                <td>{figure.value === null ? t('trade.unknown') : boundsText(figure)}</td>
                <td>
                  {state === 'derived'
                    ? rich('trade.computedAs', { formula: <SafeText text={figure.derivation?.formula ?? ''} /> })
                    : state === 'missing'
                      ? t('trade.missing')
                      : rich('trade.statedAs', { words: <SafeText text={figure.statedAs ?? ''} /> })}
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
                <td>{t('trade.absent')}</td>
                <td>{t('trade.unknown')}</td>
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
      {rich('trade.inputs', {
        figures: derivation.inputs.map(({ id }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <a href={hrefWith('trade', { figure: id })}>{shortId(id)}</a>
          </span>
        )),
      })}
    </>
  ) : null;
