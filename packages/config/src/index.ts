export { fromWorkspace, npmScript, serviceCommand, workspaceRoot } from '@dossier/domain';
export {
  acceptedSecrets,
  ConfigError,
  type ConfigFile,
  databaseOptions,
  databaseSettings,
  dataSettings,
  describeSettings,
  folder,
  hasCredentials,
  host,
  httpUrl,
  listenSettings,
  maskCredentials,
  milliseconds,
  oneOf,
  port,
  processSettings,
  readConfig,
  secretSettings,
  serviceSettings,
  storeSettings,
} from './config.js';
export { readConfigFile } from './configFile.js';
export { effectiveConfig } from './effectiveConfig.js';
export { httpOptions, onOff } from './httpSettings.js';
export { gatewayLimits, limitOptions, operationMs, serviceLimits } from './limitSettings.js';
export { withFiles } from './secretFile.js';
export type { ConfigOf, Setting, Settings } from './setting.js';
export { megabytes, wholeNumber } from './wholeNumber.js';
