import { parentPort, workerData } from 'node:worker_threads';
import { findDamage } from './check.js';

parentPort?.postMessage(findDamage(workerData as string));
