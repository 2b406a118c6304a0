import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { digestOf, passage, ruritania, TEXT, type Yaml } from './testing/ruritania.js';
import { type Changes, changed, type FolderOptions, readContents } from './testing/seedFolder.js';

const ACTORS = 'ruritania-1/actors';
const STATEMENTS = 'ruritania-1/statements';
const SANCTIONS = 'ruritania-1/sanctions';
const TRADE = 'ruritania-1/trade';
const DOCUMENT = 'ruritania-1/document';
const LAW = 'register/sanctions';

const yamlOf = (content: unknown): string => stringify(content, { aliasDuplicateObjects: false, lineWidth: 0 });
const sourceOf = (file: string): string => yamlOf(ruritania()[file]);
const designation = (more: Record<string, Yaml>): Yaml => ({
  actor: 'graustark',
  regime: 'toll',
  measures: ['OTHER'],
  references: [{ title: 'Act 1' }],
  ...more,
});
const actor = (more: Record<string, Yaml>): Yaml => ({
  id: 'duke-michael',
  kind: 'PERSON',
  name: 'Duke Michael',
  basis: 'BACKGROUND',
  references: [{ title: 'General knowledge' }],
  ...more,
});

const provision = (paragraph: string): Record<string, Yaml> => ({
  instrument: 'act-1',
  paragraph,
  measure: 'OTHER',
  direction: 'BOTH',
  summary: 'Carts pay.',
  inForceFrom: '1890-01-01',
  references: [{ title: 'Act 1' }],
});

const recordOf = (file: string, section: string, index: number): Record<string, Yaml> =>
  ((ruritania()[file] as Record<string, Yaml>)[section] as Record<string, Yaml>[])[index] ?? {};
const relation = (from: string, to: string): Record<string, Yaml> => ({
  id: 'R02',
  from,
  to,
  rationale: 'So it seems.',
});

/** A slip that a human makes in valid seeds, and the one problem that a check reports: its place, and how its message begins. */
type Mutation = [slip: string, file: string, changes: Record<string, Yaml | undefined>, path: string, message: string];

const MUTATIONS: Mutation[] = [
  // document.yaml
  ['a digest of another text', DOCUMENT, { 'document.sha256': 'abc' }, 'document.sha256', '"abc": expected 64 hex'],
  [
    'a length in bytes',
    DOCUMENT,
    { 'document.length': Buffer.byteLength(TEXT) },
    'document.length',
    `${Buffer.byteLength(TEXT)} is not the length`,
  ],
  [
    'a length in characters as bytes',
    DOCUMENT,
    { 'document.byteLength': 5 },
    'document.byteLength',
    '5 is not the length',
  ],
  [
    'a multibyte character left out',
    DOCUMENT,
    { 'document.multibyte': [] },
    'document.multibyte',
    'not the code points',
  ],
  [
    'a date of publication in another order',
    DOCUMENT,
    { 'document.publishedOn.edtf': '03-05-1901' },
    'document.publishedOn.edtf',
    '"03-05-1901" is not an EDTF',
  ],
  [
    'a publisher that is a place',
    DOCUMENT,
    { 'document.publisher': 'strelsau' },
    'document.publisher',
    '"strelsau" is not the id of a known actor',
  ],
  [
    'a paragraph with the number of another',
    DOCUMENT,
    { 'document.paragraphs[1].number': 1 },
    'document.paragraphs[1]',
    'paragraph 1 is item 2',
  ],
  [
    'a paragraph that begins one character late',
    DOCUMENT,
    { 'document.paragraphs[2].at[0]': passage('That is').at[0] + 1 },
    'document.paragraphs[2].digest',
    '',
  ],
  [
    'a voice with a typing error',
    DOCUMENT,
    { 'document.paragraphs[0].voice': 'ruritanian-pots' },
    'document.paragraphs[0].voice',
    '"ruritanian-pots" is not the id',
  ],
  [
    'another id than the folder',
    DOCUMENT,
    { 'document.id': 'ruritania-2' },
    'document.id',
    '"ruritania-2" is not the name',
  ],
  // actors.yaml
  [
    'a language by its name',
    ACTORS,
    { 'actors[0].aliases[0].lang': 'Farsi' },
    'actors[0].aliases[0].lang',
    '"Farsi": expected a language tag',
  ],
  [
    'a Wikidata id that is a name',
    ACTORS,
    { 'actors[0].identifiers': [{ scheme: 'wikidata', value: 'iran' }] },
    'actors[0].identifiers[0].value',
    '"iran": expected an id of wikidata',
  ],
  [
    'an actor affiliated to itself',
    ACTORS,
    { 'actors[3].affiliations[0].to': 'ruritania' },
    'actors[3].affiliations[0].to',
    '"polity:ruritania" is the actor itself',
  ],
  [
    'a state without its status',
    ACTORS,
    { 'actors[2].status': undefined },
    'actors[2].status',
    'nothing is not allowed',
  ],
  ['a kind in lower case', ACTORS, { 'actors[2].kind': 'polity' }, 'actors[2].kind', '"polity" is not allowed'],
  [
    'an id with a capital',
    ACTORS,
    { 'actors[0].id': 'Count-Rupert' },
    'actors[0].id',
    '"Count-Rupert": expected lower-case',
  ],
  [
    'a mention one character too long',
    ACTORS,
    { 'actors[0].mentions[0].at[1]': passage('Count Rupert').at[1] + 1 },
    'actors[0].mentions[0].digest',
    '',
  ],
  [
    'a mention twice',
    ACTORS,
    { 'actors[2].mentions[1]': { form: 'NAME', ...passage('Graustark') } },
    'actors[2].mentions[1]',
    'a duplicate of item 1',
  ],
  ['an event of another kind', ACTORS, { 'events[0].kind': 'OPENING' }, 'events[0].kind', '"OPENING" is not allowed'],
  [
    'an event that occurred after the document',
    ACTORS,
    { 'events[0].date': { edtf: '1910', basis: 'STATED' } },
    'events[0].date.edtf',
    '1910 is after the document',
  ],
  ['an unquoted year', ACTORS, { 'events[0].date.edtf': 1901 }, 'events[0].date.edtf', '1901 has the wrong type'],
  [
    'a month that does not exist',
    ACTORS,
    { 'events[0].date.edtf': '1901-13' },
    'events[0].date.edtf',
    '"1901-13" is not an EDTF date',
  ],
  [
    'a person as the place',
    ACTORS,
    { 'events[0].place': 'count-rupert' },
    'events[0].place',
    '"count-rupert" is not the id of a known place',
  ],
  [
    'an office in its holder',
    ACTORS,
    { 'offices[0].organization': 'count-rupert' },
    'offices[0].organization',
    '"person:count-rupert" is the holder itself',
  ],
  [
    'a relative of itself',
    ACTORS,
    { 'kinship[0].relative': 'count-rupert' },
    'kinship[0].relative',
    '"person:count-rupert" is the person itself',
  ],
  [
    'a tie from both sides',
    ACTORS,
    {
      'kinship[1]': {
        id: 'K02',
        person: 'duke-albert',
        relative: 'count-rupert',
        relation: 'cousin of the count',
        inverse: 'cousin',
        passages: [passage('brother')],
      },
    },
    'kinship[1].relation',
    'a tie of two people',
  ],
  ['a place within itself', ACTORS, { 'places[0].within': 'strelsau' }, 'places[0].within', 'a place within itself'],
  [
    'a name in two lines',
    ACTORS,
    { 'actors[0].name': 'Count\nRupert' },
    'actors[0].name',
    '"Count\\nRupert": expected one line',
  ],
  [
    'an alias in two lines',
    ACTORS,
    { 'actors[0].aliases': [{ text: 'the\ncount', lang: 'en' }] },
    'actors[0].aliases[0].text',
    '"the\\ncount": expected one line',
  ],
  [
    'an alias that the text does not have',
    ACTORS,
    { 'actors[0].aliases': [{ text: 'Black Michael', lang: 'en', inDocument: true }] },
    'actors[0].aliases[0].text',
    '"Black Michael" does not occur in the text',
  ],
  [
    'quotation marks around other words',
    STATEMENTS,
    { 'quotations[0].marked': passage('both banks') },
    'quotations[0].marked.at',
    `[${passage('both banks').at.join(', ')}] is not around the words`,
  ],
  [
    'a quotation of another statement',
    STATEMENTS,
    { 'quotations[0].statements': ['S02'] },
    'quotations[0].statements',
    'the words are not in a passage of these statements',
  ],
  [
    'a lower bound below what a figure is over',
    TRADE,
    { 'figures[1].qualifier': 'OVER' },
    'figures[1].lowerBound',
    '24.5 is not the value, 25, that the figure is over',
  ],
  [
    'trade of a state with itself',
    TRADE,
    { 'figures[2].partner': 'ruritania' },
    'figures[2].partner',
    '"polity:ruritania" is the reporter itself',
  ],
  [
    'a listing years after the document that states it',
    SANCTIONS,
    {
      designations: [
        {
          actor: 'count-rupert',
          regime: 'toll',
          listedOn: '1940-01-01',
          measures: ['OTHER'],
          passages: [passage('toll')],
        },
      ],
    },
    'designations[0].listedOn.edtf',
    '1940-01-01 is after the document',
  ],
  [
    'a date of publication that is before all that the document has',
    DOCUMENT,
    { 'document.publishedOn.edtf': '1801-05-03' },
    'document.publishedOn.edtf',
    '1801-05-03 is before',
  ],
  // statements.yaml
  [
    'a hedge outside its statement',
    STATEMENTS,
    { 'statements[0].hedges[0]': { kind: 'EXPECTATION', ...passage('says') } },
    'statements[0].hedges[0].at',
    'the hedge [',
  ],
  [
    'words said a year after publication',
    STATEMENTS,
    { 'statements[1].saidOn.edtf': '1902-05-03' },
    'statements[1].saidOn.edtf',
    '1902-05-03 is after the document',
  ],
  [
    'a date that runs backwards',
    STATEMENTS,
    { 'statements[1].saidOn.edtf': '1901-05-03/1901-05-01' },
    'statements[1].saidOn.edtf',
    '',
  ],
  [
    'an unknown date with a basis',
    STATEMENTS,
    { 'statements[2].saidOn.edtf': '1901' },
    'statements[2].saidOn.edtf',
    '"1901" with the basis UNKNOWN',
  ],
  [
    'a relay before the words',
    STATEMENTS,
    {
      'statements[0].saidOn': { edtf: '1901-05-02', basis: 'INFERRED' },
      'statements[0].attribution.relayChain[0].relayedOn': { edtf: '1901-05-01', basis: 'INFERRED' },
    },
    'statements[0].attribution.relayChain[0].relayedOn',
    'relayed (1901-05-01) before',
  ],
  [
    'a speaker of what is MISSING',
    STATEMENTS,
    { 'statements[1].attribution.speakers': ['count-rupert'] },
    'statements[1].attribution.speakers',
    'status MISSING with a speaker',
  ],
  [
    'a speaker who relays',
    STATEMENTS,
    { 'statements[0].attribution.relayChain[0].carrier': 'count-rupert' },
    'statements[0].attribution.relayChain',
    'a cycle',
  ],
  [
    'words imputed to oneself',
    STATEMENTS,
    { 'statements[2].attribution.imputedTo': 'ruritanian-post' },
    'statements[2].attribution.imputedBy',
    'words that "outlet:ruritanian-post"',
  ],
  [
    'no passage',
    STATEMENTS,
    { 'statements[2].passages': [] },
    'statements[2].basis',
    'a DOCUMENT fact without a citation',
  ],
  [
    'no passage of a fact from elsewhere',
    STATEMENTS,
    {
      'statements[2].basis': 'BACKGROUND',
      'statements[2].references': [{ title: 'Annals' }],
      'statements[2].passages': [],
    },
    'statements[2].passages',
    'no passage; expected',
  ],
  [
    'no passage of a reading',
    STATEMENTS,
    { 'statements[2].passages': [], 'statements[2].basis': 'ANALYST', 'statements[2].note': 'A reading.' },
    'statements[2].passages',
    'no passage; expected',
  ],
  [
    'a passage shifted by five',
    STATEMENTS,
    { 'statements[1].passages[0].at': [passage('no cart was').at[0] + 5, passage('no cart was ever seen').at[1] + 5] },
    'statements[1].passages[0].digest',
    '',
  ],
  [
    'an id with one digit',
    STATEMENTS,
    { 'statements[0].id': 'S1' },
    'statements[0].id',
    '"S1": expected S and at least two digits',
  ],
  [
    'an id typed twice',
    STATEMENTS,
    { 'statements[1].id': 'S01' },
    'statements[1].id',
    '"ruritania-1/S01" is already the id',
  ],
  [
    'a relation to itself',
    STATEMENTS,
    { 'relations[0].to': 'S01' },
    'relations[0].to',
    'a relation of a statement to itself',
  ],
  [
    'a relation in both directions',
    STATEMENTS,
    {
      'relations[0].type': 'EXPLAINS',
      'relations[1]': { id: 'R02', type: 'EXPLAINS', from: 'S02', to: 'S01', rationale: 'Also.' },
    },
    'relations[1].type',
    'EXPLAINS is already recorded',
  ],
  [
    'a number that the passage does not give',
    STATEMENTS,
    { 'numbers[0].value': '52' },
    'numbers[0].value',
    '52 does not follow from the passage, which gives 25',
  ],
  ['a tension of one statement', STATEMENTS, { 'tensions[0].statements': ['S01'] }, 'tensions[0].statements', ''],
  ['a level of quotation of zero', STATEMENTS, { 'quotations[0].level': 0 }, 'quotations[0].level', ''],
  [
    'a sentence of the text as a summary',
    STATEMENTS,
    { 'statements[0].summary': 'It is open to carts from both banks since Monday.' },
    'statements[0].summary',
    'shares 8 consecutive words',
  ],
  // sanctions.yaml
  [
    'a listing before its act',
    LAW,
    { 'designations[0].instrument': 'act-1', 'designations[0].listedOn': '1889-12-31' },
    'designations[0].listedOn',
    'listed (1889-12-31) before the instrument',
  ],
  [
    'a delisting before the listing',
    LAW,
    { 'designations[0].delistedOn': '1889-01-01' },
    'designations[0].delistedOn',
    '"delistedOn" (1889-01-01) is before',
  ],
  [
    'the same listing twice',
    LAW,
    { 'designations[1]': designation({ listedOn: '1890-01-01' }) },
    'designations[1]',
    '"toll/graustark/1890-01-01" is already',
  ],
  [
    'a rule in force before its act',
    LAW,
    { 'provisions[0].inForceFrom': '1889-01-01' },
    'provisions[0].inForceFrom',
    'in force (1889-01-01) before its instrument',
  ],
  [
    'a rule that ends before it begins',
    LAW,
    { 'provisions[0].inForceUntil': '1889-01-01' },
    'provisions[0].inForceUntil',
    '',
  ],
  [
    'a deadline before the rule',
    LAW,
    { 'provisions[0].deadline': '1889-01-01' },
    'provisions[0].deadline',
    '"deadline" (1889-01-01) is before',
  ],
  [
    'a rule replaced by itself',
    LAW,
    { 'provisions[0].replacedBy': 'act-1/2' },
    'provisions[0].replacedBy',
    'a provision that replaces itself',
  ],
  [
    'one symbol of two instruments',
    LAW,
    {
      'instruments[1]': {
        id: 'act-2',
        symbol: 'Act 1',
        title: 'Another Act',
        regime: 'toll',
        adoptedOn: { edtf: '1891', basis: 'BACKGROUND' },
        references: [{ title: 'Act 2' }],
      },
    },
    'instruments[1].symbol',
    '"Act 1" is already the symbol of an instrument in register/sanctions.yaml',
  ],
  ['an unquoted paragraph', LAW, { 'provisions[0].paragraph': 2 }, 'provisions[0].paragraph', '2 has the wrong type'],
  [
    'a chapter that is reserved',
    LAW,
    { 'provisions[0].hsChapters': ['77'] },
    'provisions[0].hsChapters[0]',
    '"77": expected a chapter',
  ],
  [
    'a link to a rule and its regime',
    SANCTIONS,
    { 'links[0].regime': 'toll' },
    'links[0].regime',
    'a regime and a provision',
  ],
  [
    'a confidence of a breach',
    SANCTIONS,
    { 'links[0].confidence': 'CERTAIN' },
    'links[0].confidence',
    '"CERTAIN" is not allowed',
  ],
  // trade.yaml
  [
    'words that are not in the passage',
    TRADE,
    { 'figures[0].statedAs': '99.5 million GBP' },
    'figures[0].statedAs',
    '"99.5 million GBP" is not in a passage',
  ],
  [
    'a value a thousand times too small',
    TRADE,
    { 'figures[0].value': '12500', 'figures[0].lowerBound': undefined, 'figures[0].upperBound': undefined },
    'figures[0].value',
    '12500 does not follow from the words, which give 12500000',
  ],
  ['a decimal comma', TRADE, { 'figures[1].value': '25,0' }, 'figures[1].value', '"25,0" is not a decimal'],
  ['a number without quotes', TRADE, { 'figures[1].value': 25 }, 'figures[1].value', '25 has the wrong type'],
  ['a unit in words', TRADE, { 'figures[0].unit': 'euros' }, 'figures[0].unit', '"euros" is not a unit'],
  ['a weight as a trade value', TRADE, { 'figures[0].unit': 'kg' }, 'figures[0].unit', '"kg" is not a unit'],
  ['a share of another number', TRADE, { 'figures[1].value': '24.6' }, 'figures[1].value', '24.6 does not follow'],
  [
    'money minus a share',
    TRADE,
    { 'figures[4].derivation.formula': 'F01 - F02', 'figures[4].derivation.inputs': ['F01', 'F02'] },
    'figures[4].derivation.formula',
    '"F01 - F02" subtracts a number from SEK',
  ],
  [
    'a formula that nobody followed through',
    TRADE,
    { 'figures[3].value': '10000001' },
    'figures[3].value',
    '10000001 is not the result',
  ],
  [
    'goods in words as a code',
    TRADE,
    { 'commodities[0].hsCode': 'phosphate rock' },
    'commodities[0].hsCode',
    '"phosphate rock": expected a code',
  ],
  [
    'a period after the document',
    TRADE,
    { 'figures[2].period': { edtf: '2001', basis: 'STATED' } },
    'figures[2].period.edtf',
    '2001 is after the document',
  ],
  [
    'a qualifier that excludes the value',
    TRADE,
    { 'figures[1].qualifier': 'UNQUANTIFIED' },
    'figures[1].value',
    'a value with the qualifier UNQUANTIFIED',
  ],
  // Characters
  [
    'a zero character in a summary',
    STATEMENTS,
    { 'statements[0].summary': 'Vehicles\0 can cross.' },
    'statements[0].summary',
    'U+0000 as character 9; expected a text without control characters',
  ],
  [
    'half of a character in a note',
    STATEMENTS,
    { 'statements[0].note': 'Said \ud83d loudly.' },
    'statements[0].note',
    'U+D83D as character 6',
  ],
  [
    'an escape character in the basis of bounds',
    TRADE,
    { 'figures[3].derivation.boundsBasis': 'rounding \x1b[31m' },
    'figures[3].derivation.boundsBasis',
    'U+001B as character 10',
  ],
  [
    'a character that is none in a reason',
    SANCTIONS,
    { 'links[0].rationale': 'Carts \ufffe are exempt.' },
    'links[0].rationale',
    'U+FFFE as character 7',
  ],
  ['a zero character in a unit', TRADE, { 'figures[0].unit': 'SEK\0' }, 'figures[0].unit', 'U+0000 as character 4'],
  // Rules that replace each other
  [
    'two rules of one day that replace each other',
    LAW,
    {
      'provisions[0].replacedBy': 'act-1/3',
      'provisions[1]': { ...provision('3'), replacedBy: 'act-1/2' },
    },
    'provisions[0].replacedBy',
    'a cycle of 2 provisions that replace each other (act-1/2, act-1/3)',
  ],
  // The text and its words
  [
    'a last paragraph left out',
    DOCUMENT,
    { 'document.paragraphs[2]': undefined },
    'document.paragraphs',
    'words of the text are in no paragraph',
  ],
  [
    'growth as a negative change',
    TRADE,
    {
      'figures[1].passages': [passage('25% more')],
      'figures[1].value': '-25',
      'figures[1].lowerBound': '-25.5',
      'figures[1].upperBound': '-24.5',
    },
    'figures[1].value',
    '-25 for words that state growth; expected a positive value',
  ],
  [
    'a day of publication that the text does not have',
    DOCUMENT,
    { 'document.publishedOn.edtf': '1901-05-04' },
    'document.publishedOn.edtf',
    '1901-05-04 with the basis STATED is not a date of the text (found: 1901-05-03',
  ],
  [
    'a day that the text does not have',
    STATEMENTS,
    { 'statements[1].saidOn.edtf': '1901-05-02' },
    'statements[1].saidOn.edtf',
    '1901-05-02 with the basis STATED is not a date of the text',
  ],
  [
    'a period of another paragraph',
    TRADE,
    { 'figures[0].period.edtf': '1899' },
    'figures[0].period.edtf',
    '1899 with the basis STATED is not a date of the paragraphs of its passages (found: ',
  ],
  // Attribution and quotation
  [
    'a chain that ends before the publisher',
    STATEMENTS,
    { 'statements[0].attribution.relayChain[0].carrier': 'graustark' },
    'statements[0].attribution.relayChain',
    'the chain ends with "polity:graustark"; expected a chain that ends with the publisher',
  ],
  [
    'no chain from another speaker',
    STATEMENTS,
    { 'statements[0].attribution.relayChain': [] },
    'statements[0].attribution.relayChain',
    'no chain, as if the publisher were the speaker',
  ],
  [
    'a named speaker as IMPLICIT',
    STATEMENTS,
    { 'statements[0].attribution.status': 'IMPLICIT' },
    'statements[0].attribution.status',
    'status IMPLICIT with the speaker "person:count-rupert", who is not the voice of the paragraph',
  ],
  [
    'a publisher that relays itself',
    STATEMENTS,
    {
      'statements[0].attribution.status': 'IMPLICIT',
      'statements[0].attribution.speakers': ['ruritanian-post'],
      'statements[0].attribution.relayChain': [{ carrier: 'count-rupert' }, { carrier: 'ruritanian-post' }],
    },
    'statements[0].attribution.relayChain',
    'status IMPLICIT with a chain to the publisher, which speaks for itself',
  ],
  [
    'a quotation inside none',
    STATEMENTS,
    { 'quotations[0].level': 2 },
    'quotations[0].level',
    'level 2, but no quotation of level 1 contains the words',
  ],
  [
    'a misprint with the id of a name',
    STATEMENTS,
    { 'cautions[0].kind': 'MISPRINT' },
    'cautions[0].id',
    '"X01": expected M for the kind MISPRINT',
  ],
  [
    'a certain speaker of nobody',
    STATEMENTS,
    { 'quotations[0].speaker': null },
    'quotations[0].speakerIsCertain',
    'certain without a speaker',
  ],
  [
    'a certain publisher of a number that has none',
    TRADE,
    { 'figures[0].publishedByIsCertain': true },
    'figures[0].publishedByIsCertain',
    'certain without a publisher',
  ],
  [
    'a publisher that is no candidate',
    TRADE,
    { 'figures[0].publishedBy': 'ruritanian-post', 'figures[0].publisherCandidates': ['count-rupert'] },
    'figures[0].publisherCandidates',
    '"publishedBy" is not among the candidates',
  ],
  // Bounds
  [
    'bounds that are exchanged',
    TRADE,
    { 'figures[0].lowerBound': '12550000', 'figures[0].upperBound': '12450000' },
    'figures[0].lowerBound',
    '12550000 is above the upper bound 12450000',
  ],
  [
    'bounds of a derived figure that are exchanged',
    TRADE,
    { 'figures[3].lowerBound': '10080322', 'figures[3].upperBound': '9920318' },
    'figures[3].lowerBound',
    '10080322 is above the upper bound 9920318',
  ],
  [
    'two bounds of a figure that is over its value',
    TRADE,
    {
      'figures[0].qualifier': 'OVER',
      'figures[0].lowerBound': '12500000',
      'figures[0].upperBound': '12550000',
    },
    'figures[0].upperBound',
    '12550000 with the qualifier OVER',
  ],
  [
    'two bounds of a figure that is under its value',
    TRADE,
    {
      'figures[0].qualifier': 'UNDER',
      'figures[0].upperBound': '12500000',
    },
    'figures[0].lowerBound',
    '12450000 with the qualifier UNDER',
  ],
  [
    'bounds of an exact number that no rounding explains',
    TRADE,
    { 'figures[0].upperBound': '12600000' },
    'figures[0].upperBound',
    '12600000 is further from 12500000 than rounding explains; expected a bound within 50000',
  ],
  [
    'a negative value of trade',
    TRADE,
    {
      'figures[0].value': '-12500000',
      'figures[0].lowerBound': '-12550000',
      'figures[0].upperBound': '-12450000',
    },
    'figures[0].value',
    '-12500000 for the measure TRADE_VALUE',
  ],
  [
    'goods that stay where they are',
    TRADE,
    { 'commodities[0].directions': [{ origin: 'graustark', destination: 'graustark', certainty: 'REPORTED' }] },
    'commodities[0].directions[0]',
    '"polity:graustark" is the origin itself',
  ],
  [
    'an authority that targets itself',
    SANCTIONS,
    { 'regimes[0].targets[1]': 'ruritania' },
    'regimes[0].targets[1]',
    '"polity:ruritania" is the authority itself',
  ],
  [
    'a listing by an instrument of another regime',
    LAW,
    {
      regimes: [{ id: 'customs', name: 'Customs', references: [{ title: 'Act 2' }] }],
      'designations[0].regime': 'customs',
      'designations[0].instrument': 'act-1',
    },
    'designations[0].instrument',
    '"act-1" is an instrument of "toll"; expected one of the regime of the listing, "customs"',
  ],
  [
    'words said after they were relayed, and after the document',
    STATEMENTS,
    {
      'statements[0].saidOn': { edtf: '1901-06-01', basis: 'INFERRED' },
      'statements[0].attribution.relayChain[0].relayedOn': { edtf: '1901-05-03', basis: 'STATED' },
    },
    'statements[0].saidOn.edtf',
    '1901-06-01 is after the document',
  ],
  // Problems that would repeat each other
  [
    'a speaker twice',
    STATEMENTS,
    { 'statements[0].attribution.speakers': ['count-rupert', 'count-rupert'] },
    'statements[0].attribution.speakers[1]',
    'a duplicate of item 1',
  ],
  [
    'an input twice',
    TRADE,
    { 'figures[3].derivation.inputs': ['F01', 'F02', 'F02'] },
    'figures[3].derivation.inputs[2]',
    'a duplicate of item 2',
  ],
  [
    'a fact from elsewhere without its source',
    ACTORS,
    { 'actors[0].basis': 'BACKGROUND' },
    'actors[0].basis',
    'a BACKGROUND fact without a reference',
  ],
  // Keys and values
  [
    'a key with a letter left out',
    STATEMENTS,
    { 'statements[0].sumary': 'Carts cross.', 'statements[0].summary': undefined },
    'statements[0].sumary',
    'unknown key "sumary"; expected "summary"',
  ],
  [
    'a key in another style',
    STATEMENTS,
    { 'statements[0].attribution.relay_chain': [] },
    'statements[0].attribution.relay_chain',
    'unknown key "relay_chain"; expected only the keys of the format',
  ],
  [
    'a value with a letter left out',
    SANCTIONS,
    { 'links[0].relation': 'PERMITED' },
    'links[0].relation',
    '"PERMITED" is not allowed; expected PERMITTED, or another one of POSSIBLE_BREACH',
  ],
  [
    'a year without quotation marks',
    TRADE,
    { 'figures[0].period.edtf': 1900 },
    'figures[0].period.edtf',
    '1900 has the wrong type; expected text in quotation marks: "1900"',
  ],
  // What is said twice, or denied next to it.
  [
    'a statement twice',
    STATEMENTS,
    { 'statements[4]': { ...recordOf(STATEMENTS, 'statements', 1), id: 'S05' } },
    'statements[4]',
    '"S05" says the same as "S02"',
  ],
  [
    'a figure twice',
    TRADE,
    { 'figures[6]': { ...recordOf(TRADE, 'figures', 2), id: 'F04' } },
    'figures[6]',
    '"F04" says the same as "F03"',
  ],
  [
    'support of what it contradicts',
    STATEMENTS,
    { 'relations[1]': { ...relation('S02', 'S01'), type: 'SUPPORTS' } },
    'relations[1].type',
    'SUPPORTS, but R01 says that one of the two CONTRADICTS the other',
  ],
  [
    'an answer to what is no question',
    STATEMENTS,
    { 'relations[1]': { ...relation('S02', 'S04'), type: 'ANSWERS' } },
    'relations[1].to',
    '"S04" does not ask anything',
  ],
  [
    'a tension in another order',
    STATEMENTS,
    { 'tensions[1]': { ...recordOf(STATEMENTS, 'tensions', 0), id: 'T02', statements: ['S02', 'S01'] } },
    'tensions[1].statements',
    'a tension CONTRADICTION of these statements is already recorded as T01',
  ],
  [
    'a permission next to a possible breach',
    SANCTIONS,
    { 'links[1]': { ...recordOf(SANCTIONS, 'links', 0), id: 'L02', relation: 'POSSIBLE_BREACH' } },
    'links[1].relation',
    'POSSIBLE_BREACH, but another link says PERMITTED',
  ],
  [
    'a cap that the rule does not have',
    SANCTIONS,
    { 'links[0].relation': 'PERMITTED_WITHIN_CAP' },
    'links[0].relation',
    'PERMITTED_WITHIN_CAP with a provision without a cap',
  ],
  // Kinds that do not fit.
  [
    'an office that a state holds',
    ACTORS,
    { 'offices[0].holder': 'graustark' },
    'offices[0].holder',
    '"polity:graustark" is not a person',
  ],
  [
    'a state as a relative',
    ACTORS,
    { 'kinship[0].relative': 'ruritania' },
    'kinship[0].relative',
    '"polity:ruritania" is not a person',
  ],
  [
    'a wish that is asserted',
    STATEMENTS,
    { 'statements[2].modality': 'ASSERTED' },
    'statements[2].modality',
    'ASSERTED with the kind WISH; expected WISHED',
  ],
  [
    'a claim that no words weaken',
    STATEMENTS,
    { 'statements[1].modality': 'HEDGED' },
    'statements[1].modality',
    'HEDGED without a hedge',
  ],
  [
    'a speaker who addresses himself',
    STATEMENTS,
    { 'statements[0].addressees': ['graustark', 'count-rupert'] },
    'statements[0].addressees[1]',
    '"person:count-rupert" is the speaker itself',
  ],
  [
    'a listing of the authority',
    LAW,
    { 'designations[0].actor': 'ruritania' },
    'designations[0].actor',
    '"polity:ruritania" is the authority of the regime itself',
  ],
  // Ids elsewhere.
  [
    'two Wikidata ids of one actor',
    ACTORS,
    {
      'actors[2].identifiers': [
        { scheme: 'wikidata', value: 'Q1' },
        { scheme: 'wikidata', value: 'Q2' },
      ],
    },
    'actors[2].identifiers[1].value',
    '"Q2" is a second id of "graustark", which has "Q1"; expected one (wikidata)',
  ],
  [
    'one Wikidata id of two actors',
    ACTORS,
    {
      'actors[2].identifiers': [{ scheme: 'wikidata', value: 'Q1' }],
      'actors[3].identifiers': [{ scheme: 'wikidata', value: 'Q1' }],
    },
    'actors[3].identifiers[0].value',
    '"Q1" is already the id of "graustark"',
  ],
  [
    'a property of Wikidata',
    ACTORS,
    { 'actors[2].identifiers': [{ scheme: 'wikidata', value: 'P31' }] },
    'actors[2].identifiers[0].value',
    '"P31": expected an id of wikidata',
  ],
  [
    'a symbol in other letters',
    LAW,
    { 'instruments[1]': { ...recordOf(LAW, 'instruments', 0), id: 'act-2', symbol: 'ACT  1' } },
    'instruments[1].symbol',
    '"ACT  1" is already the symbol',
  ],
  [
    'a symbol of another year',
    LAW,
    { 'instruments[0].symbol': 'Act 1 (1893)' },
    'instruments[0].adoptedOn.edtf',
    '1890 is not in the year of the symbol',
  ],
  [
    'a paragraph with a zero before it',
    LAW,
    { 'provisions[1]': provision('03') },
    'provisions[1].paragraph',
    '"03": expected the number of a paragraph',
  ],
  [
    'an edition that does not exist',
    TRADE,
    { 'commodities[0].hsCode': 'HS1900 8716' },
    'commodities[0].hsCode',
    '"HS1900 8716": expected a code',
  ],
  // Words.
  [
    'a name over other words',
    ACTORS,
    { 'actors[2].mentions[0]': { form: 'NAME', ...passage('carts') } },
    'actors[2].mentions[0]',
    'is not a name of graustark; expected the words as an alias',
  ],
  [
    'an alias that is a part of a word',
    ACTORS,
    { 'actors[0].aliases[0]': { text: 'up', inDocument: true } },
    'actors[0].aliases[0].text',
    '"up" does not occur in the text',
  ],
  [
    'a quantity cut within a word',
    TRADE,
    { 'figures[0].statedAs': '12.5 mill' },
    'figures[0].statedAs',
    '"12.5 mill" is not in a passage',
  ],
  [
    'a fall that the passage does not state',
    STATEMENTS,
    { 'numbers[0].value': '-25' },
    'numbers[0].value',
    '-25 for words without a minus or a fall',
  ],
  [
    'a cap of another quantity',
    SANCTIONS,
    {
      provisions: [
        {
          ...provision('3'),
          references: [],
          cap: '500 carts a year',
          passages: [passage('12.5 million crowns in 1900')],
        },
      ],
    },
    'provisions[0].cap',
    '500 is not in the passages of the provision',
  ],
  [
    'a title that is not printed',
    DOCUMENT,
    { 'document.paragraphs[0].role': 'TITLE' },
    'document.title',
    '"The bridge" is not in the paragraphs of the role TITLE',
  ],
  [
    'a number that is not printed',
    DOCUMENT,
    { 'document.number': '77' },
    'document.number',
    '"77" does not occur in the text',
  ],
  // Quotations.
  [
    'marks without marks',
    STATEMENTS,
    { 'quotations[0].marked': passage('and it will stay open,') },
    'quotations[0].marked.at',
    'has the words only',
  ],
  [
    'words with their marks',
    STATEMENTS,
    { 'quotations[0].marked': null, 'quotations[0].passages': [passage('“and it will stay open,”')] },
    'quotations[0].passages[0]',
    'has the quotation marks, too',
  ],
  [
    'a quotation inside one of the same level',
    STATEMENTS,
    {
      'quotations[1]': {
        ...recordOf(STATEMENTS, 'quotations', 0),
        id: 'Q02',
        marked: null,
        passages: [passage('it will stay open')],
      },
    },
    'quotations[1].level',
    'level 1, but the words are in Q01, of the same level; expected level 2',
  ],
  [
    'a certain speaker who has no part in it',
    STATEMENTS,
    { 'quotations[0].speaker': 'graustark' },
    'quotations[0].speaker',
    '"polity:graustark" neither says nor relays S01',
  ],
  // Law.
  [
    'a rule replaced before it ends',
    LAW,
    { 'provisions[0].replacedBy': 'act-1/3', 'provisions[1]': { ...provision('3'), inForceFrom: '1898-01-01' } },
    'provisions[0].inForceUntil',
    'in force until 1899-01-01, but replaced by a provision in force from 1898-01-01',
  ],
  [
    'a listing within another one',
    LAW,
    { 'designations[1]': designation({ listedOn: '1890-06-01' }) },
    'designations[1].listedOn',
    'listed (1890-06-01) while an earlier listing lasted until 1891-01-01',
  ],
  [
    'a plan of the past',
    ACTORS,
    { 'events[0].status': 'PLANNED', 'events[0].date': { edtf: '1901-04', basis: 'INFERRED' } },
    'events[0].status',
    'PLANNED for 1901-04, before the document was published',
  ],
  // Figures.
  [
    'a trend with a number',
    TRADE,
    { 'figures[1].measure': 'TREND' },
    'figures[1].value',
    'a value with the measure TREND',
  ],
  [
    'a result of another flow than its inputs',
    TRADE,
    { 'figures[3].flow': 'IMPORT' },
    'figures[3].flow',
    '"IMPORT", but all inputs have "TURNOVER"',
  ],
  [
    'a result of a period that no input covers',
    TRADE,
    { 'figures[3].period.edtf': '1880' },
    'figures[3].period.edtf',
    '1880 is not a period of the inputs',
  ],
  [
    'an exact result with bounds',
    TRADE,
    { 'figures[3].qualifier': 'EXACT' },
    'figures[3].qualifier',
    'EXACT for a result with bounds of its own',
  ],
  [
    'a ratio as per cent',
    TRADE,
    {
      'figures[5]': {
        ...recordOf(TRADE, 'figures', 5),
        value: '1.25',
        lowerBound: '1.24',
        upperBound: '1.26',
        unit: 'percent',
        qualifier: 'APPROXIMATELY',
        derivation: { formula: 'F01 / D01', inputs: ['F01', 'D01'], rounding: 'HALF_EVEN', boundsBasis: 'the inputs' },
      },
    },
    'figures[5].unit',
    'percent, but "F01 / D01" gives a ratio',
  ],
];

const problemsOf = (changes: Changes, options?: FolderOptions) =>
  readContents(changed(changes), options).problems.map(({ file, path, message, consequences = 0 }) => ({
    place: `${file} ${path}`.trim(),
    message,
    consequences,
  }));

describe('a slip in valid seeds', () => {
  it.each(MUTATIONS)('is rejected with its cause alone: %s', (_, file, changes, path, message) => {
    const problems = problemsOf({ [file]: changes });

    expect(problems.map(({ place }) => place)).toEqual([`${file}.yaml ${path}`]);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.message).toContain('expected');
  });

  it('is rejected at each statement in a paragraph that has none', () => {
    const problems = problemsOf({ [DOCUMENT]: { 'document.paragraphs[2].role': 'BOILERPLATE' } });

    expect(problems.map(({ place }) => place)).toEqual([
      `${STATEMENTS}.yaml statements[1].passages[0]`,
      `${STATEMENTS}.yaml statements[3].passages[1]`,
    ]);
    expect(problems[0]?.message).toContain(
      'is in paragraph 3, which is BOILERPLATE and contains no statements; expected',
    );
  });

  it.each<[string, string, string, string]>([
    ['a summary', 'summary: Nobody used it.', 'summary: Order #5 was used.', 'statements[1].summary'],
    [
      'a summary on two lines',
      'summary: Nobody used it.',
      'summary: Nobody\n      used # of course\n',
      'statements[1].summary',
    ],
    ['a note', 'note: Told to a newspaper.', 'note: Told to # a newspaper.', 'statements[0].note'],
  ])('is rejected if YAML reads the rest of %s as a comment', (_, from, to, path) => {
    const source = sourceOf(STATEMENTS).replace(from, to);
    const problems = problemsOf({}, { raw: { [`${STATEMENTS}.yaml`]: source } });

    expect(problems.map(({ place }) => place)).toEqual([`${STATEMENTS}.yaml ${path}`]);
    expect(problems[0]?.message).toContain('YAML ends the text at "#"');
  });

  it('is not a comment after an id or a value of a list, nor one after a text in quotation marks', () => {
    const source = sourceOf(STATEMENTS)
      .replace('kind: FACT_REPORT', 'kind: FACT_REPORT # or an evaluation')
      .replace('id: S02', 'id: S02 # the brother')
      .replace('summary: Nobody used it.', 'summary: "Nobody used it." # he says');

    expect(problemsOf({}, { raw: { [`${STATEMENTS}.yaml`]: source } })).toEqual([]);
  });
});

describe('the consequences of a slip', () => {
  const raw = (file: string, change: (source: string) => string) =>
    problemsOf({}, { raw: { [`${file}.yaml`]: change(sourceOf(file)) } });

  it.each<[slip: string, file: string, change: (source: string) => string, message: string]>([
    [
      'a quotation mark that does not close',
      STATEMENTS,
      (source) => source.replace('summary: Vehicles', 'summary: "Vehicles'),
      'a quotation mark that does not close; expected the same mark at the end of the text.',
    ],
    [
      'a colon without quotes',
      STATEMENTS,
      (source) => source.replace('summary: Vehicles can', 'summary: Vehicles: can'),
      'a second colon in a line; expected a text with a colon in quotation marks',
    ],
    [
      'a bracket that does not close',
      ACTORS,
      (source) => source.replace('aliases:', 'aliases: ['),
      'a bracket that does not close; expected "]" for each "["',
    ],
    [
      'a tab',
      STATEMENTS,
      (source) => source.replaceAll('    kind:', '\tkind:'),
      'a tab in the indentation; expected spaces.',
    ],
    [
      'an indentation of one space too many',
      STATEMENTS,
      (source) => source.replace('    kind: FACT', '     kind: FACT'),
      'the next key on its own line, indented like the others.',
    ],
    [
      'a bound with a sign of comparison',
      TRADE,
      (source) => source.replace('lowerBound: "12450000"', 'lowerBound: >=0'),
      'a value that begins with ">", which has a meaning in YAML; expected the value in quotation marks.',
    ],
    [
      'a key twice',
      STATEMENTS,
      (source) => source.replace('    kind: FACT_REPORT', '    kind: FACT_REPORT\n    kind: PLAN'),
      'the key "kind" is given twice, first on line 4; expected each key once.',
    ],
    [
      'a record without its hyphen',
      STATEMENTS,
      (source) => source.replace('  - id: S02', '    id: S02'),
      'given twice, first on line 2; expected each key once, or "- " before the first key of another record.',
    ],
    [
      'an apostrophe in single quotation marks',
      STATEMENTS,
      (source) => source.replace('summary: Vehicles can cross.', "summary: 'The duke's vehicles cross.'"),
      'text after a closing quotation mark; expected',
    ],
    [
      'nothing',
      STATEMENTS,
      () => '',
      'an empty file, which could be left out; expected the sections statements, relations',
    ],
    [
      'comments only',
      STATEMENTS,
      () => '# To do.\n',
      'an empty file, which could be left out; expected the sections statements, relations',
    ],
  ])('are counted with the problem in YAML: %s', (_, file, change, message) => {
    const problems = raw(file, change);

    expect(problems.map(({ place }) => place)).toEqual([`${file}.yaml`]);
    expect(problems[0]?.message).toContain(message);
  });

  it('name the line where a text in quotation marks begins, not where the file ends', () => {
    const source = sourceOf(STATEMENTS).replace('summary: Vehicles', 'summary: "Vehicles');
    const { problems } = readContents(ruritania(), { raw: { [`${STATEMENTS}.yaml`]: source } });

    expect(problems.map(({ stands }) => stands)).toEqual(['summary: "Vehicles can cross.']);
  });

  it.each([
    ['statement.yaml', STATEMENTS],
    ['actor.yaml', ACTORS],
    ['documents.yaml', DOCUMENT],
  ])('are counted with the name of a file: %s', (name, file) => {
    const contents = ruritania();
    const source = yamlOf(contents[file]);
    delete contents[file];
    const { problems } = readContents(contents, { raw: { [`ruritania-1/${name}`]: source } });

    expect(problems[0]).toMatchObject({
      file: `ruritania-1/${name}`,
      message: expect.stringContaining('is not a file of the format'),
    });
    // Other folders refer to the actors, too.
    expect(problems.length).toBeLessThanOrEqual(file === ACTORS ? 2 : 1);
    expect(problems[0]?.consequences).toBeGreaterThan(0);
  });

  it('are counted with the first of several references to an unknown id, in each folder', () => {
    const problems = problemsOf({ [ACTORS]: { 'places[0].id': 'strelzau', 'actors[2].id': 'graustrak' } });

    expect(problems.map(({ place, consequences }) => [place, consequences])).toEqual([
      ['register/sanctions.yaml designations[0].actor', 0],
      [`${ACTORS}.yaml events[0].place`, 0],
      [`${SANCTIONS}.yaml regimes[0].targets[0]`, 6],
    ]);
  });

  it('are counted with the figure that others are derived from', () => {
    expect(problemsOf({ [TRADE]: { 'figures[0].value': '12500001', 'figures[0].unit': 'EUR' } })).toEqual([
      { place: `${TRADE}.yaml figures[0].value`, message: expect.any(String), consequences: 4 },
    ]);
  });
});

describe('what reality has is accepted:', () => {
  it.each<[claim: string, file: string, changes: Record<string, Yaml | undefined>]>([
    ['an actor listed, freed and listed again', LAW, { 'designations[1]': designation({ listedOn: '1895-01-01' }) }],
    [
      'a listing known only to the month',
      LAW,
      { 'designations[0].listedOn': '1890-03', 'designations[0].delistedOn': '1891' },
    ],
    ['a listing without a start', LAW, { 'designations[0].listedOn': undefined }],
    [
      'a listing of which only the end of the start is known',
      LAW,
      {
        'designations[0].listedOn': { edtf: '../1890-05', basis: 'BACKGROUND', note: 'Seen on a list of that month.' },
      },
    ],
    [
      'two actors with one identifier',
      ACTORS,
      {
        'actors[0].identifiers': [{ scheme: 'passport', value: '12' }],
        'actors[5]': actor({ identifiers: [{ scheme: 'passport', value: '12' }] }),
      },
    ],
    [
      'a date after publication with its reason',
      STATEMENTS,
      { 'statements[1].saidOn': { edtf: '1902', basis: 'INFERRED', note: 'A misprint of the year.' } },
    ],
    [
      'an attribution that two statements share',
      STATEMENTS,
      {
        'statements[0].hedges[1]': { kind: 'ATTRIBUTION', ...passage('says') },
        'statements[1].hedges': [{ kind: 'ATTRIBUTION', ...passage('says') }],
        'statements[1].passages[1]': passage('says'),
      },
    ],
    ['a code with the edition of its system', TRADE, { 'commodities[0].hsCode': 'HS2017 8716.80' }],
  ])('%s', (_, file, changes) => {
    expect(problemsOf({ [file]: changes })).toEqual([]);
  });

  it('each listing of an actor has an id, and that of the first stays', () => {
    const { seeds } = readContents(changed({ [LAW]: { 'designations[1]': designation({ listedOn: '1895-02' }) } }));

    expect(seeds?.designations.map(({ id, listedOn }) => [id, listedOn])).toEqual([
      ['designation:toll/graustark', { edtf: '1890-01-01', basis: 'BACKGROUND', note: null }],
      ['designation:toll/graustark/1895-02', { edtf: '1895-02', basis: 'BACKGROUND', note: null }],
    ]);
  });
});

describe('seeds as a whole', () => {
  it('reject two documents with one text', () => {
    const { document } = ruritania()[DOCUMENT] as { document: Record<string, Yaml> };
    const copy = { ...document, id: 'ruritania-2', publisher: null, reproduces: null };
    const paragraphs = (document['paragraphs'] as Record<string, Yaml>[]).map((each) => ({ ...each, voice: null }));
    const problems = problemsOf(
      {},
      { raw: { 'ruritania-2/document.yaml': yamlOf({ document: { ...copy, paragraphs } }) } },
    );

    expect(problems).toEqual([
      {
        place: 'ruritania-2/document.yaml document.sha256',
        message: 'the text is already that of "ruritania-1"; expected one document for each text.',
        consequences: 0,
      },
    ]);
    expect(document['sha256']).toBe(digestOf(TEXT));
  });

  it.each(['ruritania-0', 'ruritania-2'])(
    'reject the text of another document before what it does not match: %s',
    (id) => {
      const { document } = ruritania()[DOCUMENT] as { document: Record<string, Yaml> };
      const other = { ...document, id, publisher: null, reproduces: null, length: 40, byteLength: 40, multibyte: [] };
      const paragraphs = [{ number: 1, role: 'BODY', at: [0, 40], digest: '0123456789abcdef' }];
      const problems = problemsOf(
        {},
        { raw: { [`${id}/document.yaml`]: yamlOf({ document: { ...other, paragraphs } }) } },
      );

      expect(problems.map(({ place, message }) => `${place}: ${message}`)).toEqual([
        `${id}/document.yaml document.sha256: the text is already that of "ruritania-1"; expected one document for each text.`,
      ]);
    },
  );
});
