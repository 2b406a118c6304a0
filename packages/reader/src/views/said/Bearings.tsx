import type { ReaderStatementQuery } from '@dossier/client';
import { writeAddress } from '../../address.js';
import { enumText, shortId } from '../../parts/labels.js';
import { SafeText } from '../../parts/SafeText.js';
import { Speaker } from '../../parts/Speaker.js';
import { hrefWith } from '../../route.js';
import { type Bearing, byBearing, relationText } from './bearing.js';

type StatementOf = NonNullable<ReaderStatementQuery['statement']>;

const TITLES: Record<Bearing, string> = {
  against: 'Opposing statements',
  for: 'Supporting statements',
  beside: 'Related statements',
};

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
          <h3>{TITLES[bearing]}</h3>
          <ul class="plain-list">
            {group.map((relation) => (
              <li key={`${relation.type} ${relation.direction} ${relation.other.id}`}>
                <span class="badge">{relationText(relation)}</span>{' '}
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
                      Side by side
                    </a>
                  </>
                )}
                {relation.rationale && (
                  <p class="quiet small">
                    Why: <SafeText text={relation.rationale} /> <em>(an analyst’s reading)</em>
                  </p>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {tensions.length > 0 && (
        <section class="bearing bearing-tension">
          <h3>Where the document contradicts itself</h3>
          <ul class="plain-list">
            {tensions.map(({ id, kind, explanation, statements }) => (
              <li key={id}>
                <span class="badge">{enumText(kind)}</span> <SafeText text={explanation} />
                <span class="quiet small">
                  {' '}
                  With{' '}
                  {statements
                    .filter((each) => each.id !== self)
                    .map((each, index) => (
                      <span key={each.id}>
                        {index > 0 && ', '}
                        <a href={hrefWith('said', { statement: each.id })}>{shortId(each.id)}</a>
                      </span>
                    ))}
                  .
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
