import { runService } from '@dossier/cli';
import { settings } from './config.js';
import { createSubgraph, definition } from './index.js';

await runService(definition, createSubgraph, settings);
