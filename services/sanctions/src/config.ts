import { dataSettings, listenSettings, serviceSettings, storeSettings } from '@dossier/config';

/** Every environment variable of this service: name, default, one sentence. */
export const settings = { ...listenSettings(4003), ...dataSettings, ...storeSettings, ...serviceSettings };
