/** Words that readers may not know, explained where they occur. */
export const GLOSSARY = {
  claim: 'One thing that someone says, or is said to say, in our own words. That it is listed does not make it true.',
  'relay chain':
    'Everyone who passed the words on, from the one nearest to the speaker to the publisher of the document.',
  attribution: 'Who is said to have spoken, and how certain that is. It does not say whether the claim is true.',
  imputed: 'Words that someone puts into the mouth of another, who is not known to have said them.',
  hedge: 'A word that weakens a claim: may, perhaps, about.',
  passage: 'The place in a document that a fact rests on, counted in characters from the start of the text.',
  tension: 'Statements that are at odds: a contradiction, a rebuttal, a different cause or expectation.',
  caution: 'A passage that is easily misread: two similar names, a misprint, an unclear pronoun.',
  provision: 'A numbered paragraph of a legal text that forbids, limits or requires something.',
  reading: 'How a claim relates to a provision, as an analyst reads it. It never says that a breach happened.',
  regime: 'All sanctions of one authority against one target.',
  listing: 'The naming of a person or body under a regime, from one day on, until it is taken off.',
  bounds: 'The lowest and the highest value that a figure may mean, because numbers are rounded or qualified.',
  computed: 'Worked out from other figures; the document does not state it. The formula and its inputs are shown.',
  inferred: 'The document does not state the date; it follows from something else in it.',
  revision: 'A short code of the data that a page is made of. It changes when the data changes.',
} as const;

export type GlossaryTerm = keyof typeof GLOSSARY;
