import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dataSettings, fromWorkspace, listenSettings, serviceSettings, storeSettings } from '@dossier/config';
import { readSupergraph } from '@dossier/execution/supergraph';
import {
  embeddedSettings,
  catalogue as gatewayCatalogue,
  mcpStdioSettings,
  settings,
  supergraphFile,
} from '@dossier/gateway';
import { catalogue as serverCatalogue } from '@dossier/http-server';
import { tools } from '@dossier/mcp';
import { editorSchema, formatSchema, modelSettings } from '@dossier/seed-format';
import { deprecationReference, deprecationsOf } from './deprecations.js';
import { errorReference } from './errorReference.js';
import { mcpReference } from './mcpReference.js';
import { schemaReference } from './schemaReference.js';
import { seedReference } from './seedReference.js';
import { settingsReference } from './settingsReference.js';

const { apiSchema } = readSupergraph(readFileSync(supergraphFile, 'utf8'));

const files = {
  'docs/schema.md': schemaReference(apiSchema),
  'docs/deprecations.md': deprecationReference(deprecationsOf(apiSchema)),
  'docs/errors.md': errorReference([
    { title: 'The gateway and every service', catalogue: serverCatalogue },
    { title: 'The gateway', catalogue: gatewayCatalogue },
  ]),
  'docs/configuration.md': settingsReference([
    { title: 'The whole graph in one process', settings: embeddedSettings },
    { title: 'The gateway over HTTP', settings },
    {
      title: 'A service (ports 4001 to 4004)',
      settings: { ...listenSettings(4001), ...dataSettings, ...storeSettings, ...serviceSettings },
    },
    { title: 'The MCP server over standard input and output', settings: mcpStdioSettings },
    { title: 'Proposals of a model', settings: modelSettings },
  ]),
  'docs/mcp-tools.md': mcpReference(tools),
  'docs/seed-format.md': seedReference(formatSchema(), apiSchema),
  'docs/seed-format.schema.json': `${JSON.stringify(editorSchema(), null, 2)}\n`,
};

const check = process.argv.includes('--check');
for (const [file, text] of Object.entries(files)) {
  const path = fromWorkspace(file);
  if (!check) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`${file} is out of date; run "npm run docs" and commit the result.\n`);
    process.exitCode = 1;
  }
}
