import { ConfigError, type ConfigOf, fromWorkspace, onOff, type Settings } from '@dossier/config';
import { readTrustedDocuments, type ServerOptions, type TrustedDocuments } from '@dossier/http-server';

/** Settings of trusted documents. */
export const documentSettings = {
  TRUSTED_DOCUMENTS: {
    description:
      'Manifest of documents that clients may send by id only, in the format of Apollo persisted query manifests, version 1, e.g. packages/client/manifest.json.',
    default: null,
    read: ((text) => readTrustedDocuments(fromWorkspace(text))) as (text: string) => TrustedDocuments | null,
  },
  TRUSTED_ONLY: {
    description: 'Whether to reject documents that are not in TRUSTED_DOCUMENTS: on, off.',
    default: 'off',
    read: onOff,
  },
} satisfies Settings;

/** The settings as options of the server. Throws a ConfigError if TRUSTED_ONLY is on without TRUSTED_DOCUMENTS. */
export function documentOptions(
  config: ConfigOf<typeof documentSettings>,
): Pick<ServerOptions, 'trusted' | 'trustedOnly'> {
  const { TRUSTED_DOCUMENTS: trusted, TRUSTED_ONLY: trustedOnly } = config;
  if (trustedOnly && !trusted)
    throw new ConfigError([
      'TRUSTED_ONLY="on": expected TRUSTED_DOCUMENTS to be set as well; otherwise every request would be rejected.',
    ]);
  return { ...(trusted && { trusted }), trustedOnly };
}
