import { Injectable, computed, inject } from '@angular/core';
import { Localization } from '../localization/localization';
import { formatDuration, formatRelative } from './time-formats';

type At = string | number | Date;

/** Times in the person's own time zone and language. Inside a template or `computed` they follow the language. */
@Injectable({ providedIn: 'root' })
export class Times {
  readonly #tag = inject(Localization).tag;
  readonly #clock = computed(() => new Intl.DateTimeFormat(this.#tag(), { timeStyle: 'short' }));
  readonly #seconds = computed(() => new Intl.DateTimeFormat(this.#tag(), { timeStyle: 'medium' }));
  readonly #day = computed(() => new Intl.DateTimeFormat(this.#tag(), { dateStyle: 'medium' }));
  readonly #both = computed(() => new Intl.DateTimeFormat(this.#tag(), { dateStyle: 'medium', timeStyle: 'short' }));
  readonly #exact = computed(() => new Intl.DateTimeFormat(this.#tag(), { dateStyle: 'full', timeStyle: 'long' }));

  /** 12:03 */
  clock(at: At): string {
    return this.#clock().format(new Date(at));
  }

  /** 12:03:09, for reading one event after another */
  clockToTheSecond(at: At): string {
    return this.#seconds().format(new Date(at));
  }

  /** 20 Nov 2026 */
  day(at: At): string {
    return this.#day().format(new Date(at));
  }

  /** 20 Nov 2026, 12:03 */
  dayAndClock(at: At): string {
    return this.#both().format(new Date(at));
  }

  /** To the second and with the time zone, for what appears on hover. */
  exact(at: At): string {
    return this.#exact().format(new Date(at));
  }

  /** 2 minutes ago */
  relative(at: At, now: At): string {
    return formatRelative(new Date(at).getTime() - new Date(now).getTime(), this.#tag());
  }

  /** 12 minutes, 3 seconds */
  duration(milliseconds: number): string {
    return formatDuration(milliseconds, this.#tag());
  }
}
