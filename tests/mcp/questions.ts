// biome-ignore-all lint/suspicious/noExplicitAny: results are read as a client reads them, as JSON
/** Calls a tool; rejects if the result is an error. */
export type CallTool = (name: string, args: Record<string, unknown>) => Promise<any>;

interface Question {
  question: string;
  /** The answer, by tools alone. */
  answer: (call: CallTool) => Promise<unknown>;
  expected: unknown;
}

const DOCUMENT = 'document:memri-sd-10149';
const short = (id: string): string => id.replace(/^.*\//, '');
const names = (actors: { name: string }[]) => actors.map(({ name }) => name);
const carriers = (speaker: any) => speaker.relayChain.map((hop: any) => hop.carrier?.name ?? hop.work?.kind);

/** The questions of `tests/golden`, answered as an assistant would: one call after another. */
export const QUESTIONS: Question[] = [
  {
    question:
      'What did the envoy of the LPR say, through which channel, and which UN provisions does each claim touch?',
    answer: async (call) => {
      const { actors } = (await call('search', { words: 'Miroshnik' })) as any;
      const { statements } = await call('list_statements', { speaker: actors[0].id });
      const uncertain = await call('list_statements', { candidate: actors[0].id });
      const all = [...statements, ...uncertain.statements];
      const details = await Promise.all(all.map(({ id }: any) => call('get_statement', { id })));
      return Object.fromEntries(
        details.map(({ statement }: any) => [
          short(statement.id),
          [
            statement.speaker.certainty,
            statement.saidOn.edtf,
            carriers(statement.speaker).join(', '),
            statement.provisionLinks
              .map((link: any) => `${link.relation} ${link.provision?.id ?? link.regime.id} ${link.confidence}`)
              .sort(),
          ],
        ]),
      );
    },
    expected: {
      S05: ['STATED', '../2022-08-19', 'Kommersant, MEMRI', ['CLAIMED_NO_OBSTACLE regime:un-dprk HIGH']],
      S06: [
        'INFERRED',
        '../2022-08-19',
        'Kommersant, MEMRI',
        ['POSSIBLE_BREACH provision:unscr-2375/17 MEDIUM', 'POSSIBLE_BREACH provision:unscr-2397/8 MEDIUM'],
      ],
      S07: ['STATED', '../2022-08-19', 'Kommersant, MEMRI', ['POSSIBLE_BREACH provision:unscr-2397/7 HIGH']],
    },
  },
  {
    question: 'What is Moscow’s official stance on a breach, and which official stated it?',
    answer: async (call) => {
      const stated = await call('list_statements', { speaker: 'polity:russia' });
      const { statements } = await call('list_statements', { imputedTo: 'polity:russia' });
      const [{ speaker, modality }] = statements;
      return [
        stated.totalCount,
        statements.map(({ id }: any) => short(id)),
        speaker.certainty,
        names(speaker.speakers),
        speaker.imputedBy.name,
        modality,
      ];
    },
    expected: [0, ['S58'], 'IMPUTED', [], 'Nezavisimaya Gazeta', 'HYPOTHETICAL'],
  },
  {
    question: 'How did the story of North Korean labour develop over time, and how precise is each date?',
    answer: async (call) => {
      const { events } = await call('list_events', {
        kind: ['SANCTIONS_IMPOSITION', 'AGREEMENT_TERMINATION', 'LABOUR_WITHDRAWAL', 'LABOUR_DEPLOYMENT'],
        first: 50,
      });
      const { statements } = await call('list_statements', { topic: ['labour'], first: 5 });
      const { provision } = await call('get_provision', { id: 'provision:unscr-2397/8' });
      return [
        events.map(({ date, status }: any) => `${date.edtf} ${date.basis} ${status}`),
        statements.map(({ id, saidOn }: any) => `${short(id)} ${saidOn.edtf}`),
        provision.deadline,
        provision.basis,
      ];
    },
    expected: [
      [
        '2017 STATED OCCURRED',
        '2017/2022-08-15 INFERRED OCCURRED',
        '../2020-01 INFERRED ALLEGED',
        '2022-08-15/.. INFERRED PLANNED',
        '../2022-08-15 INFERRED OCCURRED',
      ],
      ['S52 2020-01', 'S54 2022-07-25~/2022-07-31', 'S53 2022-08-01', 'S55 2022-08-09', 'S43 2022-08-15'],
      '2019-12-22',
      'BACKGROUND',
    ],
  },
  {
    question: 'What was the turnover between Russia and North Korea in 2019?',
    answer: async (call) => {
      const { series } = await call('trade_series', { reporter: 'polity:russia', partner: 'polity:north-korea' });
      const point = series.points.find(({ period }: any) => period.edtf === '2019');
      return [
        point.value,
        point.lowerBound,
        point.upperBound,
        point.statedAs,
        point.basis,
        point.derivation.inputs.length,
      ];
    },
    expected: ['47898689', '47890401', '47906977', null, 'DERIVED', 2],
  },
  {
    question: 'How much bigger is Russia’s trade with South Korea than with North Korea in the same year?',
    answer: async (call) => {
      const { figures } = await call('list_trade_figures', { reporter: 'polity:russia', measure: ['RATIO'] });
      return figures.map(({ period, value, qualifier, derivation }: any) => [
        period.edtf,
        value,
        qualifier,
        derivation.caveat !== null,
      ]);
    },
    expected: [
      ['2020', '446.39', 'OVER', true],
      ['2020/2021', '678.52', 'OVER', true],
      ['2021', null, 'NOT_COMPUTABLE', true],
    ],
  },
  {
    question: 'What did North Korea export to Russia in 2021, who says so, and why?',
    answer: async (call) => {
      const { figures } = await call('list_trade_figures', {
        reporter: 'polity:north-korea',
        partner: 'polity:russia',
        from: '2021-01-01',
        until: '2021-12-31',
        flow: ['EXPORT'],
      });
      const [{ value, qualifier, publishedByIsCertain, publisherCandidates, statement }] = figures;
      const { statement: details } = await call('get_statement', { id: statement.id });
      const causes = details.relations.filter(({ type }: any) => type === 'EXPLAINS');
      const { tensions } = await call('list_tensions', { document: DOCUMENT, kind: ['COMPETING_CAUSES'] });
      return [
        value,
        qualifier,
        details.speaker.certainty,
        publishedByIsCertain,
        names(publisherCandidates),
        causes.map(({ other }: any) => short(other.id)),
        tensions.map(({ statements }: any) => statements.map(({ id }: any) => short(id))),
      ];
    },
    expected: [
      null,
      'VIRTUALLY_NIL',
      'INFERRED',
      false,
      ['Russian Federal Customs Service', 'Nezavisimaya Gazeta'],
      ['S71'],
      [['S71', 'S76']],
    ],
  },
  {
    question: 'Who voted against the resolution of the General Assembly, and when?',
    answer: async (call) => {
      const { events } = await call('list_events', { kind: ['UN_VOTE'] });
      const [{ date, participants, background }] = events;
      const against = participants.filter(({ role }: any) => /against/i.test(role));
      return [date.edtf, against.map(({ actor }: any) => actor.name).sort(), background.length > 0];
    },
    expected: ['2022-03', ['Belarus', 'Eritrea', 'North Korea', 'Russia', 'Syria'], true],
  },
  {
    question: 'Which statements are Putin’s, and which carriers passed each of them on?',
    answer: async (call) => {
      const { statements, totalCount } = await call('list_statements', { speaker: 'person:vladimir-putin' });
      return [
        totalCount,
        statements.map(({ id, speaker, saidOn }: any) =>
          [short(id), speaker.certainty, saidOn.edtf, carriers(speaker).join(', ')].join(' '),
        ),
      ];
    },
    expected: [
      4,
      ['S24', 'S25', 'S26', 'S27'].map(
        (id) => `${id} STATED ../2022-08-15 Korean Central News Agency, Nezavisimaya Gazeta, MEMRI`,
      ),
    ],
  },
  {
    question: 'Which quoted words are Kim Jong-un’s, and how certain is that?',
    answer: async (call) => {
      const { quotations } = await call('list_quotations', { speaker: 'person:kim-jong-un' });
      const scare = await call('list_quotations', { document: DOCUMENT, kind: ['SCARE'], first: 50 });
      const { statements } = await call('list_statements', { imputedTo: 'person:kim-jong-un' });
      return [
        quotations.map(({ id, speakerIsCertain }: any) => `${short(id)} ${speakerIsCertain}`),
        scare.quotations.filter(({ id }: any) => short(id) === 'Q07').map(({ speaker }: any) => speaker?.name ?? null),
        statements.map(({ id, speaker }: any) => `${short(id)} ${speaker.certainty}`),
      ];
    },
    expected: [['Q05 true', 'Q06 true', 'Q08 true', 'Q09 false'], ['Nezavisimaya Gazeta'], ['S31 IMPUTED']],
  },
  {
    question: 'Where is the DPR named, as opposed to the DPRK and the city?',
    answer: async (call) => {
      const { of, mentions, totalCount } = await call('list_mentions', { id: 'polity:dpr' });
      const { actor } = await call('get_actor', { id: 'polity:dpr' });
      const city = await call('list_mentions', { id: 'place:donetsk' });
      return [
        of.name,
        totalCount,
        mentions.map(({ form, citation }: any) => `${form} ${citation.paragraph}`),
        actor.status,
        actor.identifiers.map(({ value }: any) => value),
        city.mentions.map(({ citation }: any) => citation.paragraph),
      ];
    },
    expected: [
      "Donetsk People's Republic",
      6,
      ['NAME 5', 'ABBREVIATION 5', 'ABBREVIATION 16', 'ABBREVIATION 21', 'ABBREVIATION 22', 'ABBREVIATION 23'],
      'BREAKAWAY_ENTITY',
      ['Q16150196'],
      [22, 22],
    ],
  },
  {
    question: 'Which claims bear on paragraph 8 of resolution 2397, and how?',
    answer: async (call) => {
      const { provision, links, isInForce } = await call('get_provision', {
        id: 'provision:unscr-2397/8',
        on: '2022-08-19',
        first: 20,
      });
      return [
        provision.deadline,
        provision.basis,
        isInForce,
        links
          .map(({ relation, confidence, statement }: any) => `${short(statement.id)} ${relation} ${confidence}`)
          .sort(),
      ];
    },
    expected: [
      '2019-12-22',
      'BACKGROUND',
      true,
      [
        'S06 POSSIBLE_BREACH MEDIUM',
        'S43 LABOUR_BAN HIGH',
        'S46 LABOUR_BAN MEDIUM',
        'S52 CLAIMED_COMPLIANCE HIGH',
        'S53 POSSIBLE_BREACH LOW',
        'S54 POSSIBLE_BREACH MEDIUM',
        'S59 POSSIBLE_BREACH LOW',
        'S61 POSSIBLE_BREACH LOW',
      ],
    ],
  },
  {
    question: 'Which pairs of claims contradict each other, and who made them?',
    answer: async (call) => {
      const { tensions } = await call('list_tensions', {
        document: DOCUMENT,
        kind: ['CONTRADICTION', 'REBUTTAL', 'POLICY_REVERSAL'],
      });
      return tensions.map(
        ({ id, kind, statements }: any) => `${short(id)} ${kind} ${statements.map((each: any) => short(each.id))}`,
      );
    },
    expected: [
      'T01 CONTRADICTION S16,S17',
      'T03 REBUTTAL S58,S59',
      'T04 CONTRADICTION S45,S47',
      'T05 POLICY_REVERSAL S52,S53',
      'T06 POLICY_REVERSAL S52,S54',
      'T07 CONTRADICTION S66,S75',
      'T12 CONTRADICTION S08,S10',
    ],
  },
  {
    question: 'What is the source of the Yelenovka story?',
    answer: async (call) => {
      const { events } = await call('list_events', { place: 'place:yelenovka-detention-center' });
      const ids = new Set<string>(events.flatMap(({ statements }: any) => statements.map(({ id }: any) => id)));
      const details = await Promise.all([...ids].map((id) => call('get_statement', { id })));
      const visit = details.find(({ statement }: any) => short(statement.id) === 'S10').statement;
      return [
        visit.speaker.certainty,
        names(visit.speaker.speakers),
        visit.speaker.relayChain.map(({ work }: any) => work?.kind ?? null),
        visit.saidOn.edtf,
      ];
    },
    expected: ['UNKNOWN', [], ['LOST_SOURCE', null], '../2022-08-15'],
  },
  {
    question: 'Who are the ‘specialists’ and the ‘experts’?',
    answer: async (call) => {
      const ids = [
        'group:north-korea-scholars',
        'group:dprk-assessment-specialists',
        'group:international-experts-team',
        'person:konstantin-asmolov',
      ];
      return Promise.all(
        ids.map(async (id) => {
          const { actor } = await call('get_actor', { id });
          const { statements } = await call('list_statements', { speaker: id, orderBy: 'TEXT' });
          return [
            actor.name,
            statements.map((statement: any) => short(statement.id)),
            actor.offices?.map(({ organization }: any) => organization.name) ?? null,
          ];
        }),
      );
    },
    expected: [
      ['experts on North Korea', ['S47', 'S48', 'S49', 'S50'], null],
      ['North Korean specialists due in Donetsk', [], null],
      ['visiting team of international experts', [], null],
      ['Konstantin Asmolov', ['S75', 'S76', 'S77', 'S78', 'S79'], ['Far East Institute']],
    ],
  },
  {
    question: 'What does the document itself say about the sanctions, and what is added?',
    answer: async (call) => {
      const { regimes } = await call('list_regimes', {});
      return regimes.map(({ id, basis, authority, instruments }: any) => [
        id,
        basis,
        authority?.name ?? null,
        instruments.map((instrument: any) => `${instrument.symbol} ${instrument.adoptedOn.edtf} ${instrument.basis}`),
      ]);
    },
    expected: [
      ['regime:eu-269-2014', 'BACKGROUND', 'European Union', ['(EU) 2022/260 2022-02-23 BACKGROUND']],
      ['regime:sanctions-on-russia', 'DOCUMENT', null, []],
      [
        'regime:un-dprk',
        'DOCUMENT',
        'UN Security Council',
        [
          'S/RES/2321 (2016) 2016-11-30 BACKGROUND',
          'S/RES/2356 (2017) 2017-06-02 BACKGROUND',
          'S/RES/2371 (2017) 2017-08-05 BACKGROUND',
          'S/RES/2375 (2017) 2017-09-11 BACKGROUND',
          'S/RES/2397 (2017) 2017-12-22 BACKGROUND',
        ],
      ],
    ],
  },
];
