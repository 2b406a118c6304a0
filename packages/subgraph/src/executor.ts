import { compileDocument, type RunDocument } from '@dossier/execution/schema';
import { keptByText } from '@dossier/limits';
import { type DocumentNode, type GraphQLError, type GraphQLSchema, parse, ValuesOfCorrectTypeRule, validate } from 'graphql';

/** A document that can be run many times. */
export interface Executable {
  /** Values in the document that a scalar does not accept: the gateway that wrote it does not know what one accepts. */
  wrongValues: readonly GraphQLError[];
  run: RunDocument;
}

/** Runs documents on a schema, each parsed and compiled once. */
export function createExecutor(schema: GraphQLSchema): (source: string, document?: DocumentNode, operationName?: string) => Executable {
  const ready = keptByText<Executable>();
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
