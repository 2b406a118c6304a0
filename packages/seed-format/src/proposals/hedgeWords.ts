/** Words that often weaken or colour a claim, by the kind of hedge and the language. Alternatives are separated by commas. */
export const HEDGE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    DISPOSITION: 'willing to, ready to, prepared to, inclined to, eager to, reluctant to',
    PREDICTION:
      'will, will not, won’t, would, would not, is going to, are going to, is set to, are set to, is bound to',
    EXPECTATION:
      'is expected, are expected, was expected, were expected, expects, expected to, anticipated, is due to, are due to, should',
    BELIEF:
      'believes, believe, believed, thinks, think, in his view, in her view, in their view, in our view, considers',
    POSSIBILITY:
      'may, may not, may be, might, might not, could, could not, can become, can be, perhaps, possibly, maybe, possible, potentially, it may be that, there are opportunities, there is a chance, there are chances',
    IMPROBABILITY: 'unlikely, hardly, hardly possible, improbable, scarcely, doubtful, impossible',
    VAGUE_TIME:
      'recently, lately, soon, in the near future, so far, for some time, a few days earlier, a few days ago, over the recent years, in recent years, in recent months, eventually, sooner or later, at some point, shortly',
    VAGUE_QUANTITY:
      'many, some, several, few, one of the few, a number of, a larger part, considerable, numerous, most, a handful of, a range of',
    VAGUE_PLACE: 'somewhere, somewhere in, elsewhere',
    APPROXIMATION:
      'about, around, roughly, approximately, nearly, almost, practically all, practically, virtually, virtually nil, similar, some kind of',
    LOWER_BOUND: 'at least, no fewer than, no less than, more than, over, upwards of',
    PARTIALITY:
      'partly, partially, among other things, in part, to some extent, contributed to, facilitated, mainly, largely',
    IMPRESSION:
      'seems, seem, seemed, appears to, appear to, appeared to, looks like, the impression, apparently, seemingly',
    INTENTION:
      'intends to, intend to, intended to, plans to, plan to, aims to, strives to, hopes to, wants to, seeks to',
    ATTRIBUTION:
      'according to, reportedly, allegedly, is said to, are said to, was said to, is reported to, are reported to, also mentioned',
    CONFIDENCE:
      'I’m confident, I am confident, is confident, certainly, undoubtedly, surely, no doubt, obviously, of course, clearly',
    INSINUATION: 'let it be understood, hinted, hints, implied, implies, suggests, suggested',
    GLOSS_MARKER: 'so to speak, as one might put it, as it were, in other words, that is to say, i.e.',
    DISTANCING_VERB:
      'claims, claim, claimed, claim unanimously, alleges, alleged, purported, so-called, supposedly, insists, insisted, maintains',
    SUMMARY_MARKER: 'in short, in sum, overall, in general, by and large, on the whole, all in all',
    EVIDENTIAL: 'there are signs, reasons for believing, evidence suggests, signs that, it follows that, judging by',
    AGENTLESS_PASSIVE:
      'has long been criticized, has been criticized, was decided, it was reported, is considered, was seen as',
    RELATIVE_STANDARD: 'by local standards, by comparison, relatively, comparatively, for its size',
    CONCESSION: 'be that as it may, although, even though, admittedly, granted, nevertheless, nonetheless, despite',
    CONDITION:
      'if, unless, provided that, as long as, depends on, it all depends on, until, in case, on condition that',
    RESTRICTION: 'only, for now, at least for now, to my knowledge, as far as I know, for now, one can only say',
    COMPLICATION: 'more complicated, complicated, it is not so simple',
    QUESTION: 'whether, will this, is it, how long, who knows',
    GUESS: 'not hard to guess, guess, guesses, presumably, I suppose, supposed',
    HYPOTHETICAL: 'were to, would have, could have, can point out, suppose that, in theory, theoretically',
    IGNORANCE: 'it is unclear, it’s unclear, it’s unclear how, unclear, unknown, it is not known, nobody knows',
    EVALUATIVE:
      'unprecedented, modest, theatrical, inefficient, remarkable, remarkably, surprisingly, unfortunately, simply, merely, downright',
  },
  ru: {
    POSSIBILITY: 'возможно, может быть, может, могут, могло бы, вероятно, не исключено',
    PREDICTION: 'будет, будут, не станет',
    EXPECTATION: 'ожидается, ожидаются, должен, должны',
    BELIEF: 'считает, считают, полагает, полагают, по его мнению, по её мнению, по мнению',
    IMPROBABILITY: 'вряд ли, едва ли, маловероятно',
    VAGUE_TIME: 'недавно, скоро, вскоре, в ближайшее время, пока, в последние годы',
    VAGUE_QUANTITY: 'многие, много, некоторые, несколько, ряд',
    APPROXIMATION: 'около, примерно, почти, приблизительно, практически',
    LOWER_BOUND: 'не менее, по меньшей мере, как минимум, более, свыше',
    ATTRIBUTION: 'по данным, по словам, согласно, сообщается, якобы',
    IMPRESSION: 'кажется, похоже, по-видимому, видимо',
    INTENTION: 'намерен, намерены, планирует, планируют, собирается, хочет',
    CONFIDENCE: 'уверен, уверена, несомненно, безусловно, конечно, очевидно',
    DISTANCING_VERB: 'утверждает, утверждают, заявил, заявила, заявили',
    CONDITION: 'если, при условии',
    EVALUATIVE: 'беспрецедентный, беспрецедентно, лишь, просто, к сожалению',
    IGNORANCE: 'неизвестно, неясно, непонятно',
    SUMMARY_MARKER: 'в целом, короче говоря',
  },
};
