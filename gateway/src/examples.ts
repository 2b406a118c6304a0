/** An example operation, with the question that it answers. */
export interface Example {
  question: string;
  query: string;
}

/** Examples for the data sets of the repository, `seeds/` and `examples/seeds/`; the first is for any. */
const examples: readonly Example[] = [
  {
    question: 'Which documents are there, and how many statements do they have?',
    query: '{ documents(first: 5) { nodes { id title statements(first: 0) { totalCount } } } }',
  },
  {
    question: 'Which claims bear on the return of North Korean workers, and how?',
    query:
      '{ provision(id: "provision:unscr-2397/8") { deadline links { nodes { relation confidence statement { summary } } } } }',
  },
  {
    question: 'What was the trade between Russia and North Korea, stated and derived?',
    query:
      '{ tradeSeries(reporter: "polity:russia", partner: "polity:north-korea") { points { period { edtf } value unit qualifier basis derivation { formula } } } }',
  },
  {
    question: 'Which claims contradict each other, and who makes them?',
    query:
      '{ document(id: "document:memri-sd-10149") { tensions(kind: [CONTRADICTION]) { explanation statements { summary attribution { speakers { name } } } } } }',
  },
  {
    question: 'Who said that salt will be shipped, and through whom did the words come?',
    query:
      '{ statement(id: "statement:salt-strait-77/S02") { summary attribution { speakers { name } relayChain { carrier { name } medium } } citations { excerpt } } }',
  },
  {
    question: 'What was the trade between Quelmark and Low Marn, stated and derived?',
    query:
      '{ tradeSeries(reporter: "polity:quelmark", partner: "polity:low-marn") { points { period { edtf } value unit qualifier basis derivation { formula } } } }',
  },
  {
    question: 'Which claims bear on the ban on salt, and how?',
    query:
      '{ provision(id: "provision:nhc-resolution-41/7") { summary links { nodes { relation confidence statement { summary } } } } }',
  },
];

/** The examples that find something in the data that is served. */
export async function examplesFor(execute: (query: string) => Promise<unknown>): Promise<Example[]> {
  const results = await Promise.all(examples.map(({ query }) => execute(query)));
  return examples.filter((_, index) => Object.values(results[index] ?? {}).some(findsSomething));
}

/** Whether a field of the query type has an object, or a list that is not empty. Lists are fields of an object themselves. */
const findsSomething = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Object.values(value).every((field) => Array.isArray(field) && field.length === 0);
