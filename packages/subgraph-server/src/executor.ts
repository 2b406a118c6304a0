import { compileDocument, type RunDocument } from '@dossier/execution/schema';
import { createDocumentCache } from '@dossier/graphql';
import { type GraphQLError, type GraphQLSchema, parse, ValuesOfCorrectTypeRule, validate } from 'graphql';

/** A compiled document of a gateway in the same process. */
export interface Executable {
  /** Errors about literals in the document that a scalar rejects; the gateway does not validate the values of all custom scalars. */
  valueErrors: readonly GraphQLError[];
  run: RunDocument;
}

/** Compiles the documents of a gateway, with a cache. They need no other validation, since the gateway's planner generates them. */
export function createExecutor(schema: GraphQLSchema): (source: string) => Executable {
  const compiled = createDocumentCache<Executable>();
  return (source) => {
    let executable = compiled.get(source);
    if (!executable) {
      const document = parse(source, { noLocation: true });
      executable = {
        valueErrors: validate(schema, document, [ValuesOfCorrectTypeRule]),
        run: compileDocument(schema, document),
      };
      compiled.set(source, executable);
    }
    return executable;
  };
}
