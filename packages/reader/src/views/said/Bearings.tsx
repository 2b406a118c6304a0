import type { ReaderStatementQuery } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { type MessageKey, rich, t } from '../../messages/messages.js';
import { enumText, relationText, shortId } from '../../parts/labels.js';
import { SafeText } from '../../parts/SafeText.js';
import { Speaker } from '../../parts/Speaker.js';
import { hrefWith } from '../../route.js';
import { type Bearing, byBearing } from './bearing.js';

type StatementOf = NonNullable<ReaderStatementQuery['statement']>;

const TITLES = {
  against: 'said.opposing',
  for: 'said.supporting',
  beside: 'said.related',
} as const satisfies Record<Bearing, MessageKey>;

/** Related statements, and tensions with them. */
export function Bearings({
  relations,
  tensions,
  self,
}: {
  relations: StatementOf['relations'];
  tensions: StatementOf['tensions'];
  self: string;
}) {
  return (
    <>
      {byBearing(relations).map(({ bearing, relations: group }) => (
        <section key={bearing} class={`bearing bearing-${bearing}`}>
          <h3>{t(TITLES[bearing])}</h3>
          <ul class="plain-list">
            {group.map((relation) => (
              <li key={`${relation.type} ${relation.direction} ${relation.other.id}`}>
                <span class="badge">{relationText(relation.type, relation.direction === 'INCOMING')}</span>{' '}
                <a href={hrefWith('said', { statement: relation.other.id })}>
                  <span class="claim-id">{shortId(relation.other.id)}</span> <SafeText text={relation.other.summary} />
                </a>
                <span class="quiet small">
                  {' '}
                  — <Speaker attribution={relation.other.attribution} plain />
                </span>
                {bearing === 'against' && (
                  <>
                    {' '}
                    <a class="small" href={writeAddress('tensions', { compare: `${self},${relation.other.id}` })}>
                      {t('said.sideBySide')}
                    </a>
                  </>
                )}
                {relation.rationale && (
                  <p class="quiet small">
                    {rich('said.whyAnalyst', {
                      rationale: <SafeText text={relation.rationale} />,
                      analyst: <em>{t('said.analyst')}</em>,
                    })}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {tensions.length > 0 && (
        <section class="bearing bearing-tension">
          <h3>{t('said.tensions')}</h3>
          <ul class="plain-list">
            {tensions.map(({ id, kind, explanation, statements }) => (
              <li key={id}>
                <span class="badge">{enumText(kind)}</span> <SafeText text={explanation} />
                <span class="quiet small">
                  {' '}
                  {rich('said.tensionWith', {
                    statements: statements
                      .filter((each) => each.id !== self)
                      .map((each, index) => (
                        <span key={each.id}>
                          {index > 0 && ', '}
                          <a href={hrefWith('said', { statement: each.id })}>{shortId(each.id)}</a>
                        </span>
                      )),
                  })}
                </span>{' '}
                <a class="small" href={writeAddress('tensions', { tension: id })}>
                  {t('said.sideBySide')}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
