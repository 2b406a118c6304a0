import type { Tool } from '../tool.js';
import { getActor, listMentions } from './actors.js';
import { getDocument, listQuotations, listTensions } from './documents.js';
import { listEvents } from './events.js';
import { getProvision, listProvisions, listRegimes } from './sanctions.js';
import { search } from './search.js';
import { getStatement, listStatements } from './statements.js';
import { listTradeFigures, tradeSeries } from './trade.js';
import { verifyQuotation } from './verifyQuotation.js';

/** The tools of the server, in the order in which they are listed. */
export const tools: readonly Tool[] = [
  search,
  listStatements,
  getStatement,
  listQuotations,
  getActor,
  listMentions,
  getProvision,
  listProvisions,
  listRegimes,
  tradeSeries,
  listTradeFigures,
  listEvents,
  listTensions,
  getDocument,
  verifyQuotation,
];
