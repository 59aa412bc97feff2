import type { FaultPlan } from './faults';
import type { MemoryLog } from './memory-log';

export interface DoubleSettings {
  /** As the server would say it, such as `24.10.0`; `unknown` for one that cannot be asked. */
  version: string;
  /** Bytes of one whole append; a real server's standard is 1 MiB. */
  maxAppendBytes: number;
  /** What every call, every read of `$all` or every append is refused for. */
  refuses: 'nothing' | 'credentials' | 'all' | 'writes' | 'diskFull';
  /** Certificate and key in PEM; without them it speaks without TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** What calls share. */
export interface DoubleState {
  readonly settings: DoubleSettings;
  readonly log: MemoryLog;
  readonly port: number;
  faults: FaultPlan;
  /** Cuts all connections at once. */
  cut(): void;
  /** Now and then an event of the server's own goes in between, as on a real one. */
  systemEventsNowAndThen(): void;
}
