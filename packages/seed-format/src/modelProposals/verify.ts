import { createHash } from 'node:crypto';
import { type CodePointText, passageDigest } from '@dossier/domain/facts';
import type { z } from 'zod';
import { datesIn } from '../proposals/dates.js';
import type { NameIndex } from '../proposals/nameIndex.js';
import type { NamedParty } from '../proposals/names.js';
import type { Paragraph } from '../proposals/paragraphs.js';
import { LETTERS, type Proposal, type ProposalKind, type ProposedParty } from '../proposals/proposalFile.js';
import type { Dropped, Fault } from './dropped.js';
import { figureProblem } from './figureChecks.js';
import { type Passage, QuoteLocator } from './locate.js';
import {
  type FigureItem,
  ITEMS,
  type ItemKind,
  type LinkItem,
  type PartyItem,
  type QuotationItem,
  type QuoteItem,
  type StatementItem,
} from './responseSchema.js';

/** What the ids of a reply may lead to, and what else proposals are compared with. */
export interface Known {
  /** The kinds of actors and places, by id. */
  parties: ReadonlyMap<string, { kind: string }>;
  names: NameIndex<NamedParty>;
  provisions: ReadonlySet<string>;
  regimes: ReadonlySet<string>;
  publishedOn: string | null;
  /** The id of the document, without its type. */
  folder: string;
  text: CodePointText;
  source: { model: string; prompt: string };
}

export interface Verified {
  proposals: Proposal[];
  dropped: Dropped[];
}

const MAX_ITEMS = 200;
const MAX_PARTS = 20;
const KIND_OF: Readonly<Record<ItemKind, Dropped['kind']>> = {
  statements: 'statement',
  quotations: 'quotation',
  figures: 'figure',
  links: 'link',
};

/** A proposal that cannot be used. */
class Rejected extends Error {
  readonly fault: Fault;
  readonly shown: string;
  constructor(fault: Fault, shown: string) {
    super(fault);
    this.fault = fault;
    this.shown = shown;
  }
}

/**
 * Turns a reply about a paragraph into proposals. Words of the model only serve to find passages of the paragraph: no text that it wrote is part
 * of a proposal. What does not hold is dropped, and never replaced by something similar.
 */
export function verify(reply: Record<ItemKind, unknown[]>, paragraph: Paragraph, known: Known): Verified {
  const proposals = new Map<string, Proposal>();
  const dropped: Dropped[] = [];
  const verifier = new Verifier(paragraph, known, (drop) => dropped.push(drop));
  for (const kind of Object.keys(ITEMS) as ItemKind[]) {
    for (const [index, item] of reply[kind].entries()) {
      const drop = (fault: Fault, shown: string) =>
        dropped.push({ kind: KIND_OF[kind], part: 'proposal', fault, shown });
      if (index >= MAX_ITEMS) {
        drop('TOO_MANY', `${reply[kind].length - MAX_ITEMS} more`);
        break;
      }
      try {
        const proposal = verifier.verify(kind, item);
        if (proposals.has(proposal.id)) drop('DUPLICATE', proposal.id);
        else proposals.set(proposal.id, proposal);
      } catch (error) {
        if (!(error instanceof Rejected)) throw error;
        drop(error.fault, error.shown);
      }
    }
  }
  return { proposals: [...proposals.values()].sort((a, b) => a.at[0] - b.at[0] || (a.id < b.id ? -1 : 1)), dropped };
}

class Verifier {
  readonly #paragraph: Paragraph;
  readonly #known: Known;
  readonly #onDrop: (dropped: Dropped) => void;
  readonly #locator: QuoteLocator;
  /** What the names in the paragraph stand for, in code points of the document. */
  readonly #mentions: { at: readonly [number, number]; ids: string[] }[];

  constructor(paragraph: Paragraph, known: Known, onDrop: (dropped: Dropped) => void) {
    this.#paragraph = paragraph;
    this.#known = known;
    this.#onDrop = onDrop;
    this.#locator = new QuoteLocator(paragraph);
    this.#mentions = known.names
      .search(paragraph.content, paragraph.words, ({ isOpen }) => isOpen)
      .map(({ start, end, values }) => ({
        at: [paragraph.positionOf(start), paragraph.positionOf(end)],
        ids: values.map(({ id }) => id),
      }));
  }

  verify(kind: ItemKind, item: unknown): Proposal {
    switch (kind) {
      case 'statements':
        return this.#statement(parsed(ITEMS.statements, item));
      case 'quotations':
        return this.#quotation(parsed(ITEMS.quotations, item));
      case 'figures':
        return this.#figure(parsed(ITEMS.figures, item));
      case 'links':
        return this.#link(parsed(ITEMS.links, item));
    }
  }

  #statement({ passages, kind, modality, status, saidOn, ...item }: StatementItem): Proposal {
    if ([passages, item.speakers, item.relayChain].some((parts) => parts.length > MAX_PARTS))
      throw new Rejected('TOO_MANY', `more than ${MAX_PARTS} parts`);
    const parts = passages.map((passage) => this.#passage(passage)).sort((a, b) => a.at[0] - b.at[0]);
    const overlap = parts.find((part, index) => part.at[0] < (parts[index - 1]?.at[1] ?? 0));
    if (overlap) throw new Rejected('DUPLICATE', 'passages that overlap');
    const actors = (items: PartyItem[]) => distinct(items.flatMap((party) => this.#party(party, 'statement') ?? []));
    const imputed = status === 'IMPUTED';
    const imputedTo = imputed ? this.#party(item.imputedTo, 'statement') : null;
    const imputedBy = imputed ? this.#party(item.imputedBy, 'statement') : null;
    const date = this.#date(saidOn, 'statement');
    return {
      ...this.#spanning('statement', parts),
      by: this.#known.source,
      type: kind,
      modality,
      status,
      speakers: imputed || status === 'MISSING' ? [] : actors(item.speakers),
      ...(imputedTo && { imputedTo }),
      ...(imputedBy && { imputedBy }),
      relayChain: actors(item.relayChain),
      ...(date && { saidOn: date }),
      ...(parts.length > 1 && { passages: parts }),
    };
  }

  #quotation({ passage, kind, level, speaker: item }: QuotationItem): Proposal {
    const words = this.#passage(passage);
    const speaker = this.#party(item, 'quotation');
    return {
      ...this.#spanning('quotation', [words]),
      form: kind,
      level,
      ...(speaker && { speaker }),
      by: this.#known.source,
    };
  }

  #figure({ passage, statedAs, measure, flow, value, unit, qualifier, ...item }: FigureItem): Proposal {
    const within = this.#passage(passage);
    const quantity = this.#passage(statedAs);
    if (quantity.at[0] < within.at[0] || within.at[1] < quantity.at[1])
      throw new Rejected('NOT_IN_PARAGRAPH', 'a quantity outside the passage');
    const party = (name: 'reporter' | 'partner' | 'publishedBy') => {
      const found = this.#party(item[name], 'figure');
      return found ? { [name]: found } : {};
    };
    const period = this.#date(item.period, 'figure');
    const figure = {
      ...this.#spanning('figure', [quantity]),
      by: this.#known.source,
      within,
      measure,
      flow,
      ...party('reporter'),
      ...party('partner'),
      ...(period && { period }),
      ...(value !== null && { value }),
      ...(unit !== null && { unit }),
      qualifier,
      ...party('publishedBy'),
    };
    const problem = figureProblem(figure, this.#known.folder, this.#known.text);
    if (problem !== null) throw new Rejected('CONTRADICTS_TEXT', problem);
    return figure;
  }

  #link({ passage, provision, regime, relation, confidence }: LinkItem): Proposal {
    const words = this.#passage(passage);
    const { provisions, regimes } = this.#known;
    const isKnown = (ids: ReadonlySet<string>, id: string | null): id is string => id !== null && ids.has(id);
    // A provision determines its regime. Without either, there is nothing to link to, and no id is made up.
    const target = isKnown(provisions, provision)
      ? { provision }
      : provision === null && isKnown(regimes, regime)
        ? { regime }
        : null;
    if (!target) throw new Rejected('UNKNOWN_ID', provision ?? regime ?? 'no provision or regime');
    const common = this.#spanning('link', [words]);
    const digest = createHash('sha256')
      .update(JSON.stringify([target, relation]))
      .digest('hex')
      .slice(0, 4);
    return { ...common, id: `${common.id}-${digest}`, by: this.#known.source, ...target, relation, confidence };
  }

  #passage(quote: QuoteItem): Passage {
    const found = this.#locator.locate(quote);
    if (typeof found === 'string') throw new Rejected(found, quote.words);
    return found;
  }

  /** Id and position of a proposal, from the first of its passages to the last. */
  #spanning<Kind extends ProposalKind>(kind: Kind, parts: readonly Passage[]) {
    const at: [number, number] = [parts[0]?.at[0] ?? 0, parts.at(-1)?.at[1] ?? 0];
    return {
      id: `${LETTERS[kind]}${at.join('-')}`,
      kind,
      at,
      digest: passageDigest(this.#known.text.slice(...at)),
    };
  }

  /**
   * An actor that exists; else the passage that names it; else null. An id is not believed if its name is not in the paragraph, or is that of other
   * actors, or of several: the words decide.
   */
  #party(item: PartyItem | null, kind: Dropped['kind']): ProposedParty | null {
    if (!item) return null;
    const drop = (fault: Fault, shown: string) => this.#onDrop({ kind, part: 'actor', fault, shown });
    const name = item.name && this.#locator.locate(item.name);
    if (typeof name === 'string') {
      drop(name, item.name?.words ?? '');
      return null;
    }
    if (item.id !== null) {
      const { id } = item;
      const party = this.#known.parties.get(id);
      const named = name ? this.#mentions.filter(({ at }) => at[0] < name.at[1] && name.at[0] < at[1]) : [];
      if (!party) drop('UNKNOWN_ID', id);
      else if (party.kind === 'PLACE') drop('NOT_AN_ACTOR', id);
      else if (named.some(({ ids }) => !ids.includes(id))) drop('NAME_OF_ANOTHER', id);
      else return { of: id };
    }
    return name;
  }

  /** The date at the words, as the rules read it. Dates that the model computes are not taken. */
  #date(quote: QuoteItem | null, kind: Dropped['kind']): { edtf: string; basis: 'STATED' | 'INFERRED' } | null {
    if (!quote) return null;
    const drop = (fault: Fault) => this.#onDrop({ kind, part: 'date', fault, shown: quote.words });
    const found = this.#locator.locate(quote);
    if (typeof found === 'string') {
      drop(found);
      return null;
    }
    const dates = datesIn(this.#paragraph, this.#known.publishedOn).filter(
      ({ start, end }) =>
        this.#paragraph.positionOf(start) < found.at[1] && found.at[0] < this.#paragraph.positionOf(end),
    );
    const [date, other] = dates;
    if (!date || other) {
      drop('NOT_A_DATE');
      return null;
    }
    return { edtf: date.edtf, basis: date.basis };
  }
}

/** A valid item. Throws a Rejected otherwise. */
function parsed<T>(schema: z.ZodType<T>, item: unknown): T {
  let issues: readonly { path: readonly PropertyKey[] }[] = [];
  try {
    const result = schema.safeParse(item);
    if (result.success) return result.data;
    issues = result.error.issues;
  } catch (error) {
    // Zod collects issues as arguments of one call, and very many overflow the stack.
    if (!(error instanceof RangeError)) throw error;
  }
  throw new Rejected('INVALID', issues[0]?.path.map(String).join('.') || 'not an object of the schema');
}

const distinct = (parties: readonly ProposedParty[]): ProposedParty[] => [
  ...new Map(parties.map((party) => [JSON.stringify(party), party])).values(),
];
