interface Family {
  type: string;
  help: string;
  series: { labels: Record<string, string>; value: number }[];
}

const SERIES = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf)|NaN|\+Inf)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\.)*)"(?:,|$)/y;

/** Parses metrics in the Prometheus text format, by name. Throws on an invalid line. */
export function readMetrics(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  let current: Family | undefined;
  for (const line of text.split('\n').filter((row) => row !== '')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === 'HELP') {
      current = { type: '', help: rest, series: [] };
      families.set(name, current);
    } else if (kind === 'TYPE' && current) current.type = rest;
    else {
      const [, , labels = '', value = ''] = SERIES.exec(line) ?? [];
      if (value === '' || !current) throw new Error(`Not a valid line of metrics: ${line}`);
      current.series.push({ labels: readLabels(labels), value: Number(value.replace('Inf', 'Infinity')) });
    }
  }
  return families;
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const found = LABEL.exec(text);
    if (!found) throw new Error(`Not valid labels: ${text}`);
    labels[found[1] as string] = found[2] as string;
  }
  return labels;
}
