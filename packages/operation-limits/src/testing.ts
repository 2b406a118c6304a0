import { getOperationAST, parse } from 'graphql';
import type { OperationGuard } from './guard.js';

/** Checks a text as a server does; the cost of its operation, 0 if it has none of this name. */
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
