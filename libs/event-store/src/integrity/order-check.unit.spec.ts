import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StreamName } from '../event-store';
import type { ListedEvent } from './event-list';
import { OrderCheck } from './order-check';
import type { OrderFound } from './order-check';

const event = (name: string, revision: number, mark = '00000000'): ListedEvent => ({
  stream: name as StreamName,
  revision: BigInt(revision),
  mark,
});
const stream = (name: string, count: number): ListedEvent[] =>
  Array.from({ length: count }, (_, at) => event(name, at));

/** Side by side, as an audit gives them. */
function compare(listed: readonly ListedEvent[], met: readonly ListedEvent[], mostWaiting?: number): OrderFound {
  const check = new OrderCheck(mostWaiting);
  listed.forEach((each, at) => {
    check.list(each);
    if (met[at] !== undefined) check.meet(met[at]);
  });
  check.endLists();
  met.slice(listed.length).forEach((each) => check.meet(each));
  return check.result();
}

/** 0 of a, 0 of b, 1 of a, and so on. */
const inTurn = (count: number): ListedEvent[] =>
  Array.from({ length: 2 * count }, (_, at) => event(at % 2 === 0 ? 'a' : 'b', Math.floor(at / 2)));
const told = ({ findings }: OrderFound): string[] =>
  findings.map((each) =>
    'revision' in each && 'stream' in each ? `${each.kind} ${each.revision} ${each.stream}` : '',
  );

describe('what became of the events that checkpoints list', () => {
  it('is one finding for a stream of any length', () => {
    const found = compare([...stream('queue-1', 3), ...stream('queue-2', 200_000)], stream('queue-1', 3));
    const whole = { kind: 'missing', stream: 'queue-2', from: 0n, to: 199_999n, isWhole: true };
    expect(found).toEqual({ findings: [whole], more: 0, isAll: true });
  });

  it('is one finding for each run of revisions', () => {
    const [first, , , fourth] = stream('queue-1', 6);
    const { findings } = compare(stream('queue-1', 6), [first, fourth] as ListedEvent[]);
    expect(findings.map((finding) => 'from' in finding && [finding.from, finding.to])).toEqual([
      [1n, 2n],
      [4n, 5n],
    ]);
  });

  it('names the one event that was moved, however far', () => {
    const all = inTurn(50);
    const at = (place: number): ListedEvent[] => [...all.slice(0, place), event('c', 0), ...all.slice(place)];
    for (const mostWaiting of [10, 1000]) {
      expect(told(compare(at(3), at(80), mostWaiting))).toEqual(['moved 0 c']);
      expect(told(compare(at(80), at(3), mostWaiting))).toEqual(['moved 0 c']);
    }
  });

  it('names what stands among those that were signed, and not what is newer', () => {
    const all = inTurn(50);
    const met = [...all.slice(0, 30), event('c', 0), ...all.slice(30), ...stream('d', 20)];
    for (const mostWaiting of [10, 100]) expect(told(compare(all, met, mostWaiting))).toEqual(['inserted 0 c']);
  });

  it('says nothing of others that are inserted where a list is missing', () => {
    const check = new OrderCheck();
    check.lack();
    for (const each of [event('c', 0), ...stream('a', 2)]) check.meet(each);
    for (const each of stream('a', 2)) check.list(each);
    expect(check.result().findings).toEqual([]);
  });

  it('is the same whether few or many of them are kept, but for which of two that changed places was moved', () => {
    const kinds = ({ findings, more }: OrderFound): readonly unknown[] => [
      findings.filter(({ kind }) => kind === 'missing' || kind === 'changed'),
      findings.length > 0,
      more,
    ];
    const logs = fc.record({
      drop: fc.uniqueArray(fc.nat(59), { maxLength: 5 }),
      change: fc.option(fc.nat(59)),
      move: fc.option(fc.tuple(fc.nat(54), fc.nat(54))),
    });
    fc.assert(
      fc.property(logs, ({ drop, change, move }) => {
        const met = inTurn(30).map((each, at) => (at === change ? { ...each, mark: 'ffffffff' } : each));
        const left = met.filter((_, at) => !drop.includes(at));
        if (move !== null) left.splice(move[1], 0, ...left.splice(move[0], 1));
        const isFar = move !== null && Math.abs(move[0] - move[1]) > 8;
        // Of an event that stands far from its place, its mark is not known any more.
        fc.pre(!isFar || change === null);
        expect(kinds(compare(inTurn(30), left, 16))).toEqual(kinds(compare(inTurn(30), left)));
      }),
    );
  });

  it('keeps next to nothing of a log in which one early event is another one', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = used();
    const check = new OrderCheck();
    for (let at = 0; at < 300_000; at++) {
      check.list(event(`queue-${at % 100}`, Math.floor(at / 100)));
      if (at !== 7) check.meet(event(`queue-${at % 100}`, Math.floor(at / 100), at === 3 ? 'ffffffff' : undefined));
    }
    expect(used() - before).toBeLessThan(5_000_000);
    check.endLists();
    expect(check.result().findings).toMatchObject([
      { kind: 'missing', stream: 'queue-7', from: 0n },
      { kind: 'changed', stream: 'queue-3', revision: 0n },
    ]);
  });
});
