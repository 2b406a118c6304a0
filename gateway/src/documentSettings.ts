import { ConfigError, type ConfigOf, fromWorkspace, onOff, type Settings } from '@dossier/config';
import { readTrustedDocuments, type ServerOptions, type TrustedDocuments } from '@dossier/http-server';

/** Which documents are run. */
export const documentSettings = {
  TRUSTED_DOCUMENTS: {
    description:
      "Manifest of documents that clients may ask for by their id alone, in the form of Apollo's, version 1, e.g. packages/client/manifest.json.",
    default: null,
    read: ((text) => readTrustedDocuments(fromWorkspace(text))) as (text: string) => TrustedDocuments | null,
  },
  TRUSTED_ONLY: {
    description: 'Whether documents that are not in TRUSTED_DOCUMENTS are refused: on, off.',
    default: 'off',
    read: onOff,
  },
} satisfies Settings;

/** The same, as a server takes them. */
export function documentOptions(
  config: ConfigOf<typeof documentSettings>,
): Pick<ServerOptions, 'trusted' | 'trustedOnly'> {
  const { TRUSTED_DOCUMENTS: trusted, TRUSTED_ONLY: trustedOnly } = config;
  if (trustedOnly && !trusted)
    throw new ConfigError(['TRUSTED_ONLY="on": expected TRUSTED_DOCUMENTS beside it, else no document could be run.']);
  return { ...(trusted && { trusted }), trustedOnly };
}
