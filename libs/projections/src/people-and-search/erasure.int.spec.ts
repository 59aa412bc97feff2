import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allProjections } from '../all-projections';
import { ReadConnection } from '../main/read-connection';
import { EngineRun, temporaryFolder } from '../testing/engine-run';
import { MemoryLog } from '../testing/memory-log';
import { MemoryVault } from '../testing/memory-vault';
import { event } from '../testing/project-rows';
import type { SampleEvent } from '../testing/sample-history';
import { gramsOf } from './bigrams';
import { peopleQueries } from './people-queries';

/** Names that share no two neighbouring letters, so that each pair found in a file is a trace of one person. */
const people = Array.from({ length: 400 }, (_, n) => {
  const letters = [0, 1, 2, 3].map((k) => String.fromCodePoint(0x5000 + n * 4 + k));
  return { id: `c${n}`, name: letters.join('') };
});

describe('after an erasure', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let log: MemoryLog;
  let vault: MemoryVault;
  let run: EngineRun;

  beforeEach(async () => {
    folder = temporaryFolder();
    log = new MemoryLog();
    vault = new MemoryVault();
    run = await EngineRun.start({ dataDir: folder.path, projections: allProjections, log, openText: vault.open });
  });
  afterEach(async () => {
    await run.close();
    folder.remove();
  });

  const joined = ({ id, name }: { id: string; name: string }): SampleEvent => {
    const made = event(`supportSession-of-${id}`, 'ParticipantJoined', {
      ...{ participantId: id, role: 'primaryCustomer', personId: id },
    });
    const place = { subject: `customer-${id}`, class: 'identity', eventId: made.id, path: 'name' } as const;
    return { ...made, payload: { ...(made.payload as object), name: vault.seal({ ...place, text: name }) } };
  };
  const erased = ({ id }: { id: string }): SampleEvent => {
    const keys = [{ subject: `customer-${id}`, class: 'identity' as const }];
    vault.destroy(keys);
    return event('access-n', 'PersonalDataErased', { customerId: id, sessionIds: [], keys });
  };
  const append = async (events: readonly SampleEvent[]): Promise<void> => {
    run.engine.wake(log.append(...events));
    await run.untilAt(log.head);
  };
  /** Every form in which a name stood in the file: itself, a pair of its letters, and the codes of that pair. */
  const traces = ({ name }: { name: string }): readonly string[] => [name, ...gramsOf(name).split(' ').slice(0, 3)];

  function found(of: readonly { name: string }[]): readonly string[] {
    const at = join(folder.path, 'read-models');
    const bytes = readdirSync(at).map((file) => [file, readFileSync(join(at, file))] as const);
    return of
      .flatMap((person) => traces(person))
      .flatMap((trace) => bytes.filter(([, all]) => all.includes(trace)).map(([file]) => `${trace} in ${file}`));
  }

  it.each([
    ['one by one', 1],
    ['many at once', 400],
  ])('no byte of a name is in any file, write-ahead logs included: %s', async (_, atOnce) => {
    const going = people.filter((_person, n) => n % 2 === 0);
    const staying = people.filter((_person, n) => n % 2 === 1);
    await append(people.map(joined));
    expect(found(going.slice(0, 5)).length).toBeGreaterThan(0);
    const reader = new ReadConnection('people-and-search', run.file('people-and-search'), () =>
      expect('the file').toBe('whole'),
    );
    expect(peopleQueries(reader).findCustomers(going[0]?.name ?? '', 5)).toHaveLength(1);
    const chosen = going.slice(0, atOnce === 1 ? 25 : going.length);
    for (let n = 0; n < chosen.length; n += atOnce) await append(chosen.slice(n, n + atOnce).map(erased));
    expect(found(chosen)).toEqual([]);
    const left = peopleQueries(reader).nameOf(people.map(({ id }) => `customer-${id}`)).size;
    expect(left).toBe(people.length - chosen.length);
    expect(peopleQueries(reader).findCustomers(staying[7]?.name ?? '', 5)).toHaveLength(1);
    reader.close();
    await run.close();
    expect(found(chosen)).toEqual([]);
    run = await EngineRun.start({ dataDir: folder.path, projections: allProjections, log, openText: vault.open });
    await run.untilAt(log.head);
    expect(await run.engine.rebuild('people-and-search')).toEqual({ ok: true });
    expect(found(chosen)).toEqual([]);
  });
});
