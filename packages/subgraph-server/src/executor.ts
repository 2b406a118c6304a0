import { compileDocument, type RunDocument } from '@dossier/execution/schema';
import { createDocumentCache } from '@dossier/graphql';
import { type GraphQLError, type GraphQLSchema, parse, ValuesOfCorrectTypeRule, validate } from 'graphql';

/** A document of a gateway in the same process, ready to be run many times. */
export interface Executable {
  /** Values in the document that a scalar does not accept: the gateway that wrote it does not know what one accepts. */
  wrongValues: readonly GraphQLError[];
  run: RunDocument;
}

/** Compiles documents that a gateway wrote, each once. */
export function createExecutor(schema: GraphQLSchema): (source: string) => Executable {
  const compiled = createDocumentCache<Executable>();
  return (source) => {
    let executable = compiled.get(source);
    if (!executable) {
      const document = parse(source, { noLocation: true });
      executable = {
        wrongValues: validate(schema, document, [ValuesOfCorrectTypeRule]),
        run: compileDocument(schema, document),
      };
      compiled.set(source, executable);
    }
    return executable;
  };
}
