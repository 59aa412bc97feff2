import type { ReadConnection } from './read-connection';

/** The same queries; one that cannot make anything of its rows says so as the connection does. */
export function understood<Queries extends object>(connection: ReadConnection, queries: Queries): Queries {
  const entries = Object.entries(queries).map(([name, query]: [string, unknown]) => [
    name,
    typeof query === 'function'
      ? (...args: readonly unknown[]): unknown => connection.understand(() => query(...args) as unknown)
      : query,
  ]);
  return Object.fromEntries(entries) as Queries;
}
