import { stringify } from 'yaml';
import { type ConfigFile, gather, type Settings, shownText } from './config.js';

/** The settings as they are in effect: a configuration file, with where each came from; secrets are not shown. */
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
