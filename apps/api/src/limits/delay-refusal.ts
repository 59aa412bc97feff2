import type { Limits } from './limits';

/** Milliseconds that a refusal takes its time. */
const delay = 500;

/**
 * Says no a little later: a program that asks again as soon as it was answered comes so much less often, and costs
 * nothing while it waits. Of one address so many refusals wait; further ones are given at once.
 * @param gone registers what is to be done when nobody waits for the answer any more
 */
export function delayRefusal(
  limits: Limits,
  address: string,
  refuse: () => void,
  gone: (end: () => void) => void,
): void {
  const release = limits.held('refusalsDelayedOfAddress').hold(address);
  if (release === null) return refuse();
  const timer = setTimeout(() => {
    release();
    refuse();
  }, delay).unref();
  gone(() => {
    clearTimeout(timer);
    release();
  });
}
