import { type ConfigOf, type Setting, wholeNumber } from '@dossier/config';
import type { PlanningLimits } from './runtime.js';

const positiveInteger = (unit: string) => wholeNumber({ unit, min: 1, maxDigits: 7 });

/** Settings of the planner. */
export const planningSettings = {
  MAX_PLAN_MS: {
    description:
      'Maximum time for planning one operation, in milliseconds; an operation that takes longer is rejected with OPERATION_TOO_COMPLEX.',
    default: '5000',
    read: positiveInteger('milliseconds'),
  } as Setting<number>,
  MAX_PLAN_PATHS: {
    description:
      'Maximum number of paths through the subgraphs to one field that the planner considers; an operation with more is rejected with OPERATION_TOO_COMPLEX.',
    default: '100',
    read: positiveInteger('paths'),
  } as Setting<number>,
};

/** The settings as limits of the planner. */
export const planningLimits = (config: ConfigOf<typeof planningSettings>): PlanningLimits => ({
  maxPlanMs: config.MAX_PLAN_MS,
  maxPaths: config.MAX_PLAN_PATHS,
});
