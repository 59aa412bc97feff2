/** A fresh name for an act. Keep it over retries of that act: the server does an act of one name once. */
export function commandId(): string {
  return crypto.randomUUID();
}
