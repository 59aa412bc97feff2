import { describe, expect, it } from '@jest/globals';
import type { StreamName } from '../event-store';
import type { ListedEvent } from './event-list';
import { compareOrder } from './order-check';

const stream = (name: string, count: number): ListedEvent[] =>
  Array.from({ length: count }, (_, at) => ({ stream: name as StreamName, revision: BigInt(at), mark: '00000000' }));

describe('what became of the events that checkpoints list', () => {
  it('is one finding for a stream of any length', () => {
    const found = compareOrder([...stream('queue-1', 3), ...stream('queue-2', 100_000)], stream('queue-1', 3), true);
    expect(found).toEqual([{ kind: 'missing', stream: 'queue-2', from: 0n, to: 99_999n, isWhole: true }]);
  });

  it('is one finding for each run of revisions', () => {
    const [first, , , fourth] = stream('queue-1', 6);
    const found = compareOrder(stream('queue-1', 6), [first, fourth] as ListedEvent[], true);
    expect(found.map((finding) => 'from' in finding && [finding.from, finding.to])).toEqual([
      [1n, 2n],
      [4n, 5n],
    ]);
  });
});
