import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { injectNow } from './now';
import { stopwatch } from './time-formats';

/** A time that runs since then, or from then to `until`. It ticks for the eye only. `<ds-stopwatch [since]="startedAt" />` */
@Component({
  selector: 'ds-stopwatch',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'timer', 'aria-live': 'off' },
  template: `{{ text() }}`,
})
export class Stopwatch {
  readonly since = input.required<string>();
  readonly until = input<string | null>(null);

  readonly #now = injectNow(1_000);
  protected readonly text = computed(() => {
    const until = this.until();
    const end = until === null ? this.#now() : new Date(until).getTime();
    return stopwatch(end - new Date(this.since()).getTime());
  });
}
