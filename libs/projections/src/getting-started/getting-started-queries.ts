import type { ReadConnection } from '../main/read-connection';
import type { GettingStartedQueries } from './getting-started-steps';

export function gettingStartedQueries(file: ReadConnection): GettingStartedQueries {
  return {
    steps: () => {
      const rows = file.all<{ name: string; n: number }>('SELECT name, count(*) AS n FROM step GROUP BY name');
      const count = new Map(rows.map(({ name, n }) => [name, n]));
      return {
        siteNamed: count.has('siteNamed'),
        // The first account is the one that the first start made.
        colleagueInvited: (count.get('account') ?? 0) > 1,
        sessionStarted: count.has('sessionStarted'),
        customerJoined: count.has('customerJoined'),
      };
    },
  };
}
