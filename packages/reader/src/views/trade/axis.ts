import { formatNumber, t } from '../../messages/messages.js';

interface Axis {
  /** The unit with its scale, e.g. `million EUR`; null if the values have none. */
  title: string | null;
  ticks: { value: number; text: string }[];
}

const SCALES = [
  { from: 1e9, name: 'number.billion' },
  { from: 1e6, name: 'number.million' },
  { from: 1e4, name: 'number.thousand' },
] as const;

/** The unit of an axis as text. */
const unitText = (unit: string): string => (unit === 'percent' || unit === 'ratio' ? t(`axis.${unit}`) : unit);

/** A number of the axis, without the digits that floating-point arithmetic adds. */
const tickText = (value: number): string => formatNumber(Number(value.toFixed(3)));

/** About `count` round numbers between two values: multiples of 1, 2 or 5 times a power of ten. */
export function ticksOf(least: number, greatest: number, count: number): number[] {
  const rough = (greatest - least) / count;
  if (!(rough > 0)) return [least];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const [first, last] = [Math.ceil(least / step), Math.floor(greatest / step)];
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** The numbers of an axis, all in one scale that the title names. */
export function axisOf(ticks: readonly number[], unit: string | null): Axis {
  const highest = Math.max(0, ...ticks.map(Math.abs));
  const scale = unit === 'percent' || unit === 'ratio' ? undefined : SCALES.find(({ from }) => highest >= from);
  const title = [scale && t(scale.name), unit && unitText(unit)].filter(Boolean).join(' ');
  return {
    title: title || null,
    ticks: ticks.map((value) => ({
      value,
      text: tickText(value / (scale?.from === 1e4 ? 1e3 : (scale?.from ?? 1))),
    })),
  };
}
