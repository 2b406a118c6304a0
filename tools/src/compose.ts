import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { definition as actors } from '@dossier/actors';
import { definition as sanctions } from '@dossier/sanctions';
import { definition as statements } from '@dossier/statements';
import { definition as trade } from '@dossier/trade';
import { type BreakingChange, concatAST, type DocumentNode, findBreakingChanges } from 'graphql';

/** Default ports of the services. */
export const PORTS = { actors: 4001, statements: 4002, sanctions: 4003, trade: 4004 };

export type Composed =
  | { sdl: string; hints: string[]; errors: null }
  | { sdl: null; hints: string[]; errors: string[] };

/** Composes the SDL of the four services with Apollo's composition. `typeDefsOf` replaces the SDL of single services. */
export function composeSupergraph(typeDefsOf: Partial<Record<keyof typeof PORTS, DocumentNode[]>> = {}): Composed {
  const result = composeServices(
    [actors, statements, sanctions, trade].map(({ name, typeDefs }) => ({
      name,
      url: `http://127.0.0.1:${PORTS[name as keyof typeof PORTS]}/graphql`,
      typeDefs: concatAST(typeDefsOf[name as keyof typeof PORTS] ?? typeDefs),
    })),
  );
  if (result.errors) return { sdl: null, hints: [], errors: result.errors.map(({ message }) => message) };
  return { sdl: `${result.supergraphSdl.trim()}\n`, hints: result.hints.map(({ message }) => message), errors: null };
}

/** Breaking changes of the API schema between two supergraphs, as graphql-js defines them. */
export function breakingChanges(oldSdl: string, newSdl: string): BreakingChange[] {
  const [before, after] = [oldSdl, newSdl].map((sdl) => Supergraph.build(sdl).apiSchema().toGraphQLJSSchema());
  return before && after ? findBreakingChanges(before, after) : [];
}
