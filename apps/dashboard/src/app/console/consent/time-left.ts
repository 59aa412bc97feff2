import { requestSeconds } from '@deskside/domain';

/** What is left of a question's time; `fraction` is of the first 120 s, so that more time fills the ring again. */
export function timeLeft(expiresAt: string, now: number): { readonly milliseconds: number; readonly fraction: number } {
  const milliseconds = Math.max(0, Date.parse(expiresAt) - now);
  return { milliseconds, fraction: Math.min(1, milliseconds / (requestSeconds * 1_000)) };
}
