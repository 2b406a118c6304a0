import { compileDocument, type RunDocument } from '@dossier/execution/schema';
import { type DocumentNode, type GraphQLError, type GraphQLSchema, parse, ValuesOfCorrectTypeRule, validate } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Documents kept compiled at most, and characters of all of them. */
const DOCUMENTS_KEPT = 500;
const CHARACTERS_KEPT = 256 * 1024;
/** Characters of one at most, lest it crowd out the others. */
const LONGEST_KEPT = CHARACTERS_KEPT / 8;

/** A document that can be run many times. */
export interface Executable {
  /** Values in the document that a scalar does not accept: the gateway that wrote it does not know what one accepts. */
  wrongValues: readonly GraphQLError[];
  run: RunDocument;
}

/** Runs documents on a schema, each parsed and compiled once. */
export function createExecutor(schema: GraphQLSchema): (source: string, document?: DocumentNode, operationName?: string) => Executable {
  const ready = new LRUCache<string, Executable>({ max: DOCUMENTS_KEPT, maxSize: CHARACTERS_KEPT, maxEntrySize: LONGEST_KEPT, sizeCalculation: (_, key) => key.length });
  return (source, given, operationName) => {
    const key = operationName ? `${operationName}\n${source}` : source;
    let executable = ready.get(key);
    if (!executable) {
      const document = given ?? parse(source, { noLocation: true });
      executable = { wrongValues: given ? [] : validate(schema, document, [ValuesOfCorrectTypeRule]), run: compileDocument(schema, document, operationName) };
      ready.set(key, executable);
    }
    return executable;
  };
}
