import { holdings, rates } from '../../src/limits/limits';
import type { LimitsOptions } from '../../src/limits/limits';

/** For tests of something else, in which one person does more than any person does. */
export const noLimits: LimitsOptions = {
  rates: Object.fromEntries(Object.keys(rates).map((name) => [name, { burst: 1e9, perSecond: 1e9 }])),
  holdings: Object.fromEntries(Object.keys(holdings).map((name) => [name, 1e9])),
};
