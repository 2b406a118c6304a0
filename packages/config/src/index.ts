export { fromWorkspace, npmScript, serviceCommand, workspaceRoot } from '@dossier/domain';
export {
  ConfigError,
  type ConfigFile,
  dataSettings,
  describeSettings,
  folder,
  host,
  httpUrl,
  listenSettings,
  milliseconds,
  oneOf,
  port,
  readConfig,
  secretSettings,
  serviceSettings,
  storeSettings,
} from './config.js';
export { readConfigFile } from './configFile.js';
export { effectiveConfig } from './effectiveConfig.js';
export { httpOptions, onOff } from './httpSettings.js';
export { gatewayLimits, limitOptions, operationMs, serviceLimits } from './limitSettings.js';
export type { ConfigOf, Setting, Settings } from './setting.js';
