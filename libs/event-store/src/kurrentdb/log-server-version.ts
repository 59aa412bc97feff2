import type { KurrentDBClient } from '@kurrent/kurrentdb-client';

/** The first that says when a subscription has caught up. */
const OLDEST = [23, 10] as const;

/** The version as the server gives it, such as `24.10.0`; `unknown` from servers that cannot be asked. */
export async function serverVersion(client: KurrentDBClient): Promise<string> {
  // The package has asked already, before the first append, and shows it to its own methods only.
  const { capabilities } = client as unknown as { capabilities: Promise<{ serverVersion: string }> };
  return (await capabilities).serverVersion;
}

export function isTooOld(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined) return true;
  return Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
}
