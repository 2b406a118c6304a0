export { readConfigFile } from './configFile.js';
export { httpOptions } from './httpSettings.js';
export { gatewayLimits, limitOptions, operationMs, serviceLimits } from './limitSettings.js';
export { dataSettings, listenSettings, secretSettings, serviceSettings, storeSettings } from './processSettings.js';
export { describeSettings, effectiveConfig, readConfig } from './readConfig.js';
export { folder, host, httpUrl, milliseconds, oneOf, onOff, optional, port, reader, wholeNumber } from './readers.js';
export { ConfigError, type ConfigFile, type ConfigOf, type Setting, type Settings } from './setting.js';
export { fromWorkspace, workspaceRoot } from './workspace.js';
