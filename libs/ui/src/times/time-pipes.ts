import { Pipe, inject } from '@angular/core';
import type { PipeTransform } from '@angular/core';
import { stopwatch } from './time-formats';
import { Times } from './times';

// Impure only in name: they read the language as a signal, so a change of language must reach them.

/** `{{ at | dsClock }}`: 12:03 */
@Pipe({ name: 'dsClock', pure: false })
export class ClockPipe implements PipeTransform {
  readonly #times = inject(Times);
  transform(at: string): string {
    return this.#times.clock(at);
  }
}

/** `{{ at | dsDay }}`: 20 Nov 2026 */
@Pipe({ name: 'dsDay', pure: false })
export class DayPipe implements PipeTransform {
  readonly #times = inject(Times);
  transform(at: string): string {
    return this.#times.day(at);
  }
}

/** `{{ at | dsDayAndClock }}`: 20 Nov 2026, 12:03 */
@Pipe({ name: 'dsDayAndClock', pure: false })
export class DayAndClockPipe implements PipeTransform {
  readonly #times = inject(Times);
  transform(at: string): string {
    return this.#times.dayAndClock(at);
  }
}

/** `{{ milliseconds | dsDuration }}`: 12 minutes, 3 seconds */
@Pipe({ name: 'dsDuration', pure: false })
export class DurationPipe implements PipeTransform {
  readonly #times = inject(Times);
  transform(milliseconds: number): string {
    return this.#times.duration(milliseconds);
  }
}

/** `{{ milliseconds | dsStopwatch }}`: 12:03 */
@Pipe({ name: 'dsStopwatch' })
export class StopwatchPipe implements PipeTransform {
  transform(milliseconds: number): string {
    return stopwatch(milliseconds);
  }
}
