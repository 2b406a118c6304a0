import type { ConfigOf, Setting } from '@dossier/config';
import type { PlanningLimits } from './graph.js';

const whole =
  (unit: string) =>
  (text: string): number => {
    if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`expected a whole number of ${unit}, at least 1.`);
    return Number(text);
  };

/** What planning one operation may take. */
export const planningSettings = {
  MAX_PLAN_MS: {
    description:
      'Milliseconds that planning one operation may take, in a thread of its own, else OPERATION_TOO_COMPLEX.',
    default: '5000',
    read: whole('milliseconds'),
  } as Setting<number>,
  MAX_PLAN_PATHS: {
    description: 'Ways to reach one field that are followed when an operation is planned, else OPERATION_TOO_COMPLEX.',
    default: '100',
    read: whole('paths'),
  } as Setting<number>,
};

/** The same, as a graph takes them. */
export const planningLimits = (config: ConfigOf<typeof planningSettings>): PlanningLimits => ({
  maxPlanMs: config.MAX_PLAN_MS,
  maxPaths: config.MAX_PLAN_PATHS,
});
