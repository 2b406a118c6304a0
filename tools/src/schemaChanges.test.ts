import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { deprecationProblems, deprecationReference, deprecationsOf } from './deprecations.js';
import { contractOf, schemaChanges } from './schemaChanges.js';

const REASON = 'Use `title`. Deprecated since 2030-01-01, removed not before 2030-07-01.';
const RELEASED = `
  interface Named { title: String }
  type Query { book(id: ID!, lang: String @deprecated(reason: "${REASON}")): Book, size: Int! }
  type Book implements Named { title: String, name: String @deprecated(reason: "${REASON}"), cover: Cover @deprecated(reason: "${REASON}") }
  type Cover { colour: Colour }
  enum Colour { RED BLUE }
`;
const AFTER_REMOVAL = `
  interface Named { title: String }
  type Query { book(id: ID!): Book, size: Int! }
  type Book implements Named { title: String }
`;
const breaking = (current: string, today = '2030-03-01') =>
  schemaChanges(RELEASED, buildSchema(current), today).breaking;

describe('the comparison with the released schema', () => {
  it('rejects a removed field, a changed type and a new required argument', () => {
    const current = RELEASED.replace('size: Int!', 'size(unit: String!): Int').replace('title: String, name', 'name');

    expect(breaking(current.replace('implements Named', '')).sort()).toEqual([
      'A required arg unit on Query.size was added.',
      'Book no longer implements interface Named.',
      'Book.title was removed.',
      'Query.size changed type from Int! to Int.',
    ]);
  });

  it('rejects the removal of a deprecated element while its period lasts', () => {
    expect(breaking(AFTER_REMOVAL, '2030-06-30')).toEqual(
      expect.arrayContaining(['Book.name was removed.', 'Query.book arg lang was removed.', 'Cover was removed.']),
    );
  });

  it('allows the removal on the day that was announced, with the types that only it used', () => {
    expect(breaking(AFTER_REMOVAL, '2030-07-01')).toEqual([]);
  });

  it('rejects the removal of a type that something else still returns', () => {
    const released = RELEASED.replace('size: Int!', 'size: Int!, covers: [Cover]');
    const current = buildSchema(AFTER_REMOVAL.replace('size: Int!', 'size: Int!, covers: [Named]'));

    expect(schemaChanges(released, current, '2030-07-01').breaking).toEqual(
      expect.arrayContaining(['Cover was removed.']),
    );
  });

  it('rejects the removal of an element whose reason names no days', () => {
    const released = RELEASED.replaceAll(REASON, 'Use `title`.');

    expect(schemaChanges(released, buildSchema(AFTER_REMOVAL), '2040-01-01').breaking).toContain(
      'Book.name was removed.',
    );
  });

  it('allows new fields and optional arguments, and reports a new enum value as noticeable', () => {
    const current = RELEASED.replace('size: Int!', 'size(unit: String): Int!, pages: Int').replace('RED', 'RED GREEN');

    expect(schemaChanges(RELEASED, buildSchema(current), '2030-03-01')).toEqual({
      breaking: [],
      dangerous: expect.arrayContaining([expect.stringContaining('GREEN')]),
    });
  });

  it('reads the file that it writes: no changes, and deprecations included', () => {
    const schema = buildSchema(RELEASED.replace('type Book', '"""\n  A text.\n  """\n  type Book'));
    const written = contractOf(schema);

    expect(written).not.toContain('A text.');
    expect(schemaChanges(written, schema, '2030-07-01')).toEqual({ breaking: [], dangerous: [] });
    expect(deprecationsOf(buildSchema(written))).toEqual(deprecationsOf(schema));
  });
});

describe('deprecations', () => {
  const deprecations = deprecationsOf(buildSchema(RELEASED));

  it('are listed by coordinate with the replacement and both days', () => {
    expect(deprecations.map(({ coordinate }) => coordinate)).toEqual(['Book.cover', 'Book.name', 'Query.book(lang:)']);
    expect(deprecationReference(deprecations)).toContain('| `Book.name` | Use `title`. | 2030-01-01 | 2030-07-01 |');
    expect(deprecationReference([])).toContain('Nothing is deprecated.');
  });

  it('are accepted if the changelog names them', () => {
    expect(
      deprecationProblems(deprecations, '`Book.cover`, `Book.name` and `Query.book(lang:)` are deprecated'),
    ).toEqual([]);
    expect(deprecationProblems(deprecations, '`Book.cover` and `Book.name` are deprecated')).toEqual([
      'Query.book(lang:): CHANGELOG.md does not announce it.',
    ]);
  });

  it('are rejected without days, and if the period is too short', () => {
    const of = (reason: string) =>
      deprecationProblems(
        deprecationsOf(buildSchema(`type Query { old: Int @deprecated(reason: "${reason}"), now: Int }`)),
        '`Query.old`',
      );

    expect(of('Use `now`.')).toEqual([expect.stringMatching(/^Query\.old: the reason "Use `now`\." must be/)]);
    expect(of('Use `now`. Deprecated since 2030-01-01, removed not before 2030-03-01.')).toEqual([
      'Query.old: deprecated for 59 days; the policy requires 180 or more.',
    ]);
    expect(of('Use `now`. Deprecated since 2030-13-01, removed not before 2031-03-01.')).toHaveLength(1);
  });
});
