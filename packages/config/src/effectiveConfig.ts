import { stringify } from 'yaml';
import { type ConfigFile, gather, shownText } from './config.js';
import type { Settings } from './setting.js';

/** The settings in effect as YAML, each with a comment on its source. Secrets are masked. */
export function effectiveConfig(settings: Settings, env: NodeJS.ProcessEnv, file?: ConfigFile): string {
  const given = gather(settings, env, file);
  return Object.entries(settings)
    .map(([name, setting]) => {
      const { text, source } = given.get(name) ?? { text: null, source: 'not set' };
      const shown = text === null ? null : shownText(setting, text);
      const value = shown !== null && /^(0|[1-9]\d*)$/.test(shown) ? Number(shown) : shown;
      return `${stringify({ [name]: value }, { lineWidth: 0 }).trimEnd()} # ${source}\n`;
    })
    .join('');
}
