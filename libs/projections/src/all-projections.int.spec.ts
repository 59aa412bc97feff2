import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allProjections } from './all-projections';
import { projectionNames } from './main/read-models';
import { rowsAfter } from './testing/all-rows';
import type { AllRows, Stretch } from './testing/all-rows';
import { MemoryLog } from './testing/memory-log';
import { MemoryVault } from './testing/memory-vault';
import { SampleHistory } from './testing/sample-history';

describe('every projection', () => {
  const vault = new MemoryVault();
  const log = new MemoryLog();
  let once: AllRows;
  let end: number;

  beforeAll(async () => {
    log.append(...new SampleHistory({ sessions: 60, seed: 11, seal: vault.seal }).events());
    end = log.recorded.length;
    once = await rowsAfter(log, vault.open, [[0, end]]);
  });

  it('is asked for by its name', () => {
    expect(allProjections.map(({ name }) => name)).toEqual(projectionNames);
  });

  it('has rows of this history', () => {
    for (const name of projectionNames)
      expect(Object.values(once[name] ?? {}).filter((rows) => rows.length > 0).length).toBeGreaterThan(0);
    expect(once['people-and-search']?.['person_gram']?.length).toBeGreaterThan(30);
  });

  it.each(projectionNames)('%s is the same when the whole history is applied twice', async (name) => {
    const twice = await rowsAfter(log, vault.open, [
      [0, end],
      [0, end],
    ]);
    expect(twice[name]).toEqual(once[name]);
  });

  it.each(projectionNames)('%s is the same when pages overlap', async (name) => {
    const stretches: Stretch[] = [];
    for (let from = 0; from < end; from += 50) stretches.push([Math.max(0, from - 37), Math.min(end, from + 50)]);
    expect((await rowsAfter(log, vault.open, stretches))[name]).toEqual(once[name]);
  });

  it('leaves the same rows whatever the pages, and whatever of the newest is applied again', async () => {
    const pages = fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 200 }), again: fc.integer({ min: 0, max: 60 }) }),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(pages, async (wanted) => {
        const stretches: Stretch[] = [];
        let place = 0;
        for (const { size, again } of wanted) {
          const to = Math.min(end, place + size);
          stretches.push([Math.max(0, place - again), to]);
          place = to;
        }
        stretches.push([place, end]);
        const kept = stretches.filter(([from, to]) => to > from);
        expect(await rowsAfter(log, vault.open, kept)).toEqual(once);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
