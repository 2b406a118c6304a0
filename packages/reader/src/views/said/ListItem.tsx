import type { StatementLineFragment } from '@dossier/client';
import { StatusBadge } from '../../parts/badges.js';
import { shortId } from '../../parts/labels.js';
import { SafeText } from '../../parts/SafeText.js';
import { Speaker } from '../../parts/Speaker.js';
import { hrefWith } from '../../route.js';

/** A statement in the list, as a link that selects it. */
export const ListItem = ({
  statement: { id, summary, attribution },
  isOn,
}: {
  statement: StatementLineFragment;
  isOn: boolean;
}) => (
  <li>
    <a class="pick" href={hrefWith('said', { statement: id })} aria-current={isOn ? 'true' : undefined}>
      <span class="claim-id">{shortId(id)}</span>
      <span class="pick-text">
        <SafeText text={summary} />
        <span class="pick-who">
          <Speaker attribution={attribution} plain /> · <StatusBadge status={attribution.status} />
        </span>
      </span>
    </a>
  </li>
);
