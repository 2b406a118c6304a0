import type { ApolloServerOptions, BaseContext } from '@apollo/server';

/** What Apollo Server runs operations on. */
export type Gateway = NonNullable<ApolloServerOptions<BaseContext>['gateway']>;
