import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { schemaReference } from './schemaReference.js';

it('prints defaults as GraphQL literals that can be copied into a query', () => {
  const page = schemaReference(
    buildSchema(`
      enum Order { NAME DATE }
      input Filter { orders: [Order!] = [DATE, NAME], word: String = "NAME" }
      type Query { rows(orderBy: Order! = NAME, filter: Filter = { orders: [DATE] }, first: Int = 20): Int }
    `),
  );

  expect(page).toContain('`orderBy: Order! = NAME`');
  expect(page).toContain('`filter: Filter = {orders: [DATE]');
  expect(page).toContain('`first: Int = 20`');
  expect(page).toContain('`orders: [Order!] = [DATE, NAME]`');
  expect(page).toContain('`word: String = "NAME"`');
});

it('says what is deprecated, before the description', () => {
  const page = schemaReference(
    buildSchema(`
      enum Order { NAME "By day." DATE @deprecated(reason: "Use \`NAME\`.") }
      type Query { "All." rows(order: Order @deprecated(reason: "Not needed.")): Int @deprecated(reason: "Use \`list\`.") }
    `),
  );

  expect(page).toContain('| `DATE` | Deprecated: Use `NAME`. By day. |');
  expect(page).toContain('| `rows: Int` | Deprecated: Use `list`. All. |');
  expect(page).toContain('`order: Order` | Deprecated: Not needed. |');
});
