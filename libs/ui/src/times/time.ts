import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { injectNow } from './now';
import { Times } from './times';

export type TimeForm = 'clock' | 'day' | 'dayAndClock' | 'relative';

/** A point in time; the exact one appears on hover. `<ds-time [at]="event.occurredAt" form="relative" />` */
@Component({
  selector: 'ds-time',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<time [attr.datetime]="iso()" [title]="exact()">{{ text() }}</time>`,
  styles: `
    :host {
      white-space: nowrap;
    }
  `,
})
export class Time {
  readonly at = input.required<string>();
  readonly form = input<TimeForm>('clock');

  readonly #times = inject(Times);
  readonly #now = injectNow(10_000);

  protected readonly iso = computed(() => new Date(this.at()).toISOString());
  protected readonly exact = computed(() => this.#times.exact(this.at()));
  protected readonly text = computed(() => {
    const form = this.form();
    return form === 'relative' ? this.#times.relative(this.at(), this.#now()) : this.#times[form](this.at());
  });
}
