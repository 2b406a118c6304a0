import { getOperationAST, parse } from 'graphql';
import type { OperationGuard } from '../guard.js';

/** Runs all checks of a server. Returns the cost of the operation, 0 if the document does not have it. */
export function checkOperation(
  guard: OperationGuard,
  source: string,
  operationName: string | null,
  variables: Record<string, unknown>,
): number {
  guard.checkText(source);
  const document = parse(source, { noLocation: true });
  guard.checkDocument(document);
  const operation = getOperationAST(document, operationName);
  return operation ? guard.costOf(document, operation)(variables) : 0;
}
