import type { ConfigOf, Setting } from '@dossier/config';
import type { PlanningLimits } from './runtime.js';

const positiveInteger =
  (unit: string) =>
  (text: string): number => {
    if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`expected a whole number of ${unit}, at least 1.`);
    return Number(text);
  };

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
