import { runService } from '@dossier/subgraph';
import { settings } from './config.js';
import { createSubgraph, definition } from './index.js';

await runService(definition, createSubgraph, settings);
