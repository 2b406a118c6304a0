import type { AttributionStatus, StatementFilter } from '@dossier/client';
import { STATUSES } from '../../parts/labels.js';

/** The filter in an address. Invalid values are ignored. */
export function filterOf(params: Readonly<Record<string, string>>): StatementFilter {
  const status = (params['status'] ?? '')
    .split(',')
    .filter((each): each is AttributionStatus => (STATUSES as string[]).includes(each));
  return {
    ...(params['words'] && { search: params['words'] }),
    ...(status.length > 0 && { attribution: status }),
    ...(params['topic'] && { topic: [params['topic']] }),
    ...(params['speaker'] && { speaker: params['speaker'] }),
  };
}
