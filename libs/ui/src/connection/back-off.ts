export const firstWaitMs = 500;
export const longestWaitMs = 15_000;

/**
 * How long to wait before try `attempt` (from 0): doubling, capped, and spread over its upper half, so that two thousand
 * browsers do not all knock at the same moment when a server is back.
 * @param chance from 0 to 1
 */
export function backOffMs(attempt: number, chance: number): number {
  const whole = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(attempt, 10));
  return Math.round(whole * (0.5 + chance / 2));
}
