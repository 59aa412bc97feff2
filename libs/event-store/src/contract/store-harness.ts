import type { EventStore, Revision, StreamName } from '../event-store';

/** What an adapter gives its contract suite; everything it made is gone after `dispose`. */
export interface StoreHarness {
  readonly store: EventStore;
  /** Closes the store and opens another one on the same data. */
  reopen(): Promise<EventStore>;
  /** Command line of a process that opens the same data and runs `appendUntilKilled` with this seed. */
  killTarget(seed: number): { readonly command: string; readonly args: readonly string[] };
  /**
   * Closes the store and opens one whose next position, and the next revision of `stream`, stand behind 2^53. Absent
   * where positions are not the adapter's to choose.
   */
  moveBeyondSafeIntegers?(stream: StreamName): Promise<{ store: EventStore; lastRevision: Revision }>;
  /** The adapter has an index of ids over all streams, and refuses one that stands in another. */
  readonly idsAcrossStreams: boolean;
  /** Stands before the names of all streams of the test, also in the process that is killed. */
  readonly streamPrefix?: string;
  /** Cuts the connection below a running subscription. Absent where there is none. */
  breakConnection?(): Promise<void>;
  dispose(): Promise<void>;
}

export type OpenHarness = () => Promise<StoreHarness>;
