import { dataSettings, listenSettings, serviceSettings, storeSettings } from '@dossier/config';

/** Every environment variable of this service: name, default, one sentence. */
export const settings = { ...listenSettings(4001), ...dataSettings, ...storeSettings, ...serviceSettings };
