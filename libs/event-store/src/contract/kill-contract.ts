import { expect, it } from '@jest/globals';
import type { Current } from './append-contract';
import { addFigures, inspectAfterKill, killOnce, NO_KILLS } from './kill-round';

/** Kills in an ordinary test run; `npm run test:soak:log` asks for more. */
const KILLS = Number(process.env['DESKSIDE_KILLS'] ?? 8);
const ONE_KILL_MS = 10_000;

export function killContract(current: Current): void {
  it(
    `after each of ${KILLS} kills in mid-append what was acknowledged is there and the rest is absent or whole`,
    async () => {
      const { store, reopen, killTarget } = current();
      await store.close();
      let figures = NO_KILLS;
      for (let seed = 1; seed <= KILLS; seed++) {
        const acknowledged = await killOnce(seed, killTarget(seed));
        const opened = await reopen();
        figures = addFigures(figures, await inspectAfterKill(opened, seed, acknowledged));
        await opened.close();
      }
      expect(figures).toEqual({ kills: KILLS, acknowledged: figures.acknowledged, lost: 0, half: 0, broken: 0 });
      expect(figures.acknowledged).toBeGreaterThanOrEqual(KILLS);
    },
    KILLS * ONE_KILL_MS,
  );
}
