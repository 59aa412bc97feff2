import { beforeEach, expect, it } from '@jest/globals';
import type { RecordedEvent } from '@deskside/event-store';
import { MemoryLog } from '../testing/memory-log';
import { event } from '../testing/project-rows';
import { readPage } from './log-page';

let log: MemoryLog;
const first = event('access-a', 'SiteHistoryRead', {});
const second = event('access-b', 'SiteHistoryRead', {});
const third = event('access-c', 'SiteHistoryRead', {});
beforeEach(() => {
  log = new MemoryLog();
  log.append(first, second, third);
});

const damage = (index: number): void => {
  log.recorded[index] = { ...(log.recorded[index] as RecordedEvent), body: '{' };
};
const timesBehind = async (index: number): Promise<readonly string[]> => {
  const { events } = await readPage(log.reader, log.recorded[index]?.position ?? null, 10);
  return events.map(({ occurredAt }) => occurredAt);
};

it('an event that cannot be read has the time of the one before it, also where a page begins with it', async () => {
  damage(1);
  expect(await timesBehind(0)).toEqual([first.occurredAt, third.occurredAt]);
});

it('the first of the log has the time of the one behind it', async () => {
  damage(0);
  expect(await timesBehind(-1)).toEqual([second.occurredAt, second.occurredAt, third.occurredAt]);
});

it('with another that cannot be read before its page it has the time of the next that can be', async () => {
  damage(0);
  damage(1);
  expect(await timesBehind(0)).toEqual([third.occurredAt, third.occurredAt]);
});
