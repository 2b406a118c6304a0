import { type CitedRecord, figureText } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { ChangedNotice } from '../../cite/ChangedNotice.js';
import { CiteRecord } from '../../cite/CiteRecord.js';
import { digestOfFigure } from '../../cite/digest.js';
import { rich, t } from '../../messages/messages.js';
import { BasisBadge } from '../../parts/badges.js';
import { DateText } from '../../parts/DateText.js';
import { escapeInvisible } from '../../parts/escapeInvisible.js';
import { enumText, shortId } from '../../parts/labels.js';
import { Name } from '../../parts/Name.js';
import { PassageLinks } from '../../parts/Passages.js';
import { FIGURE_WORDS, quantityText } from '../../parts/quantity.js';
import { References } from '../../parts/References.js';
import { SafeText } from '../../parts/SafeText.js';
import { boundsText, Inputs } from './PointTable.js';
import type { FigureOf } from './series.js';

/** A figure as it is cited. Citations are in English, as its records are. */
function citedFigure(figure: FigureOf): CitedRecord {
  const { id, period, measure, flow, reporter, reporterId, partner, partnerId, statedAs, citations, references } =
    figure;
  const ends = [reporter?.name ?? reporterId?.id, partner?.name ?? partnerId?.id].filter((name) => name !== undefined);
  const [from, to] = ends;
  const names = from && to ? t('trade.between', { reporter: from, partner: to }) : (from ?? to ?? '');
  const what = `${enumText(flow)}, ${enumText(measure)}`;
  const quantity = figureText(figure, { words: FIGURE_WORDS }).text;
  return {
    id,
    type: 'TradeFigure',
    title: `${names}: ${what}, ${quantity}`,
    date: period,
    statedAs,
    citations,
    references,
  };
}

/** A figure with its bounds, derivation and sources. */
export function FigureCard({ figure, isOn }: { figure: FigureOf; isOn: boolean }) {
  const {
    id,
    measure,
    flow,
    period,
    reporter,
    reporterId,
    partner,
    partnerId,
    statedAs,
    derivation,
    note,
    commodities,
    publishedBy,
    publishedByIsCertain,
    statement,
    statementId,
    basis,
    citations,
    references,
  } = figure;
  const { text, note: rounding } = quantityText(figure);
  const by = reporterId ? <Name actor={reporter} id={reporterId.id} /> : t('trade.noReporter');
  // In the section of its own, or below the heading of the list.
  const Heading = isOn ? 'h2' : 'h3';
  const words = statedAs && <SafeText text={statedAs} />;
  return (
    <article class={`card figure${isOn ? ' is-on' : ''}`} data-id={id}>
      <Heading class="card-title">
        <span class="claim-id">{shortId(id)}</span> {text}
      </Heading>
      <p class="quiet small">
        {enumText(measure)}, {enumText(flow)} ·{' '}
        {partnerId ? rich('trade.between', { reporter: by, partner: <Name actor={partner} id={partnerId.id} /> }) : by}{' '}
        · <DateText date={period} />
      </p>
      <p class="small">
        <BasisBadge basis={basis} /> {figure.value !== null && t('trade.boundsOf', { bounds: boundsText(figure) })}{' '}
        {rounding && t('trade.rounding', { rounding })}
      </p>
      {words && (
        <p class="small">
          {publishedBy
            ? rich(publishedByIsCertain ? 'trade.statedAsFrom' : 'trade.statedAsProbably', {
                words,
                publisher: <Name actor={publishedBy} />,
              })
            : rich('trade.statedAsOnly', { words })}
        </p>
      )}
      {derivation && (
        <div class="derivation small">
          <p>
            {rich('trade.formula', { formula: <code>{escapeInvisible(derivation.formula)}</code> })}{' '}
            <Inputs figure={figure} />
          </p>
          {derivation.boundsBasis && (
            <p class="quiet">{rich('trade.boundsBasis', { basis: <SafeText text={derivation.boundsBasis} /> })}</p>
          )}
          {derivation.caveat && (
            <p class="caveat">
              <strong>{t('trade.caveat')}</strong> <SafeText text={derivation.caveat} />
            </p>
          )}
        </div>
      )}
      {note && note !== derivation?.caveat && (
        <p class="small quiet">
          <SafeText text={note} />
        </p>
      )}
      {commodities.length > 0 && (
        <p class="small">
          {rich('trade.goods', {
            goods: commodities.map(({ name, hsCode }, index) => (
              <span key={name}>
                {index > 0 && ', '}
                <SafeText text={name} />
                {hsCode && ` ${t('trade.hs', { code: escapeInvisible(hsCode) })}`}
              </span>
            )),
          })}
        </p>
      )}
      <p class="small">
        {statement ? (
          <a href={writeAddress('said', { statement: statement.id })}>
            <span class="claim-id">{shortId(statement.id)}</span> <SafeText text={statement.summary} />
          </a>
        ) : (
          statementId && (
            <span class="not-now">
              <code>{shortId(statementId.id)}</code> {t('unavailable.summary')}
            </span>
          )
        )}{' '}
        <PassageLinks citations={citations} />
      </p>
      <References references={references} />
      <CiteRecord
        record={citedFigure(figure)}
        digest={digestOfFigure(figure)}
        service="trade"
        label={t('cite.figure')}
      />
      {isOn && <ChangedNotice digest={digestOfFigure(figure)} service="trade" />}
    </article>
  );
}
