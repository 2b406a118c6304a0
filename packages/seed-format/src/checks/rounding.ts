import { ExactDecimal, parseDecimal } from '@dossier/domain/facts';
import { linked } from '../consequences.js';
import type { Decimal } from '../formula.js';
import type { Problem } from '../problem.js';
import type { Seeds } from '../records.js';
import { type Check, entriesOf, problemAt } from './input.js';

type Figure = Seeds['figures'][number];

/** Reports bounds of exact stated figures that are further from the value than its rounding explains: half of its last digit before the zeros. */
export const rounding: Check = ({ entries }) =>
  entriesOf(entries, 'figures').flatMap((entry): Problem[] => {
    const figure = entry.parsed.record as unknown as Figure;
    const value = decimalOf(figure.value);
    if (!value || value.isZero() || figure.qualifier !== 'EXACT' || figure.derivation) return [];
    const most = roundingOf(figure.value as string);
    return (['lowerBound', 'upperBound'] as const).flatMap((field) => {
      const bound = decimalOf(figure[field]);
      if (!bound?.minus(value).abs().gt(most)) return [];
      return [
        linked(
          problemAt(
            entry,
            [field],
            `${bound} is further from ${value} than rounding explains; expected a bound within ${most.toFixed()}, or another qualifier than EXACT.`,
          ),
          // With another value, the bounds may be right.
          { subjects: [entry.id], causes: [entry.id] },
        ),
      ];
    });
  });

/** Half of the last digit of a decimal before the zeros of a whole number. */
function roundingOf(value: string): Decimal {
  const decimals = value.split('.')[1]?.length;
  const zeros = decimals === undefined ? (/0*$/.exec(value)?.[0].length ?? 0) : -decimals;
  return new ExactDecimal(10).pow(zeros).div(2);
}

/** Null for what is not a decimal, which is reported elsewhere. */
function decimalOf(text: string | null): Decimal | null {
  try {
    return text === null ? null : parseDecimal(text);
  } catch {
    return null;
  }
}
