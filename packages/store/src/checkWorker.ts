import { parentPort, workerData } from 'node:worker_threads';
import { integrityOf } from './check.js';

parentPort?.postMessage(integrityOf(workerData as string));
