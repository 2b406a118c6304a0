import { dataSettings, listenSettings, serviceSettings, storeSettings } from '@dossier/config';

/** The settings of this service: each with its environment variable, default and description. */
export const settings = { ...listenSettings(4003), ...dataSettings, ...storeSettings, ...serviceSettings };
