/** Example operations, each with the question that it answers. */
export const examples: { question: string; query: string }[] = [
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
];
