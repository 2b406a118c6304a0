export {
  ConfigError,
  type ConfigFile,
  type ConfigOf,
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
  type Setting,
  type Settings,
  secretSettings,
  serviceSettings,
  storeSettings,
} from './config.js';
export { readConfigFile } from './configFile.js';
export { effectiveConfig } from './effectiveConfig.js';
export { httpOptions, onOff } from './httpSettings.js';
export { gatewayLimits, limitOptions, operationMs, serviceLimits } from './limitSettings.js';
export { fromWorkspace, workspaceRoot } from './workspace.js';
