import { type ConfigOf, httpUrl, onOff, type Settings } from '@dossier/config';

function publicUrl(text: string): string {
  const { href, search, hash } = new URL(httpUrl(text));
  if (search || hash) throw new Error('expected a URL without a query and a fragment.');
  return href.endsWith('/') ? href : `${href}/`;
}

/** With a trailing slash. */
export const publicUrlSetting = {
  PUBLIC_URL: {
    description:
      'URL under which clients reach the gateway, for links to the reader in the results of MCP tools, e.g. https://dossier.example.org/. If not set, results have no such links.',
    default: null,
    read: publicUrl as (text: string) => string | null,
  },
} satisfies Settings;

/** Settings of the MCP endpoint. */
export const mcpSettings = {
  MCP: {
    description: 'Whether to serve MCP (streamable HTTP) at /mcp: on, off. If off, /mcp is 404.',
    default: 'off',
    read: onOff,
  },
  ...publicUrlSetting,
} satisfies Settings;

/** The MCP options of the gateway; none if MCP is off. */
export const mcpOptions = (config: ConfigOf<typeof mcpSettings>): { mcp?: { publicUrl: string | null } } =>
  config.MCP ? { mcp: { publicUrl: config.PUBLIC_URL } } : {};
