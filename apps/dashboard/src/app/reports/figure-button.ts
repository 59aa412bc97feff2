import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Localization, Times, injectTexts } from '@deskside/ui';
import { dash, figureText } from './figure-text';
import type { CsrRow, Figure } from './figures';

/** A figure that opens the sessions behind it; a dash or a nought has none. */
@Component({
  selector: 'ds-figure-button',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (leads()) {
      <button type="button" [title]="spoken()" (click)="open.emit(figure())">
        {{ text() }}<span class="ds-visually-hidden"> {{ name() }}</span>
      </button>
    } @else if (text() === dash) {
      <span [attr.aria-label]="t('csrActivity.noFigure')" [title]="t('csrActivity.noFigure')" role="img">{{
        dash
      }}</span>
    } @else {
      <span>{{ text() }}</span>
    }
  `,
  styles: `
    button {
      padding: 0;
      border: 0;
      background: none;
      color: var(--ds-accent);
      font: inherit;
      font-variant-numeric: tabular-nums;
      text-decoration: underline;
      text-decoration-color: color-mix(in srgb, currentcolor 40%, transparent);
      text-underline-offset: 3px;
      cursor: pointer;
      min-height: 24px;
      min-width: 24px;
      text-align: start;
    }
  `,
})
export class FigureButton {
  readonly figure = input.required<Figure>();
  readonly row = input.required<CsrRow>();
  /** Whose figure it is, for a screen reader. */
  readonly whose = input.required<string>();
  readonly open = output<Figure>();

  protected readonly t = injectTexts();
  protected readonly dash = dash;
  readonly #tag = inject(Localization).tag;
  readonly #times = inject(Times);
  readonly #value = computed(() => this.figure().of(this.row()));
  protected readonly text = computed(() => figureText(this.#value(), this.figure().form, this.#tag()));
  /** A share of nought has the questions behind it that were not granted. */
  protected readonly leads = computed(() => {
    const value = this.#value();
    return value !== null && (value !== 0 || this.figure().form === 'share');
  });
  /** A length of time in words: `1:02:03` read aloud is no time. What is seen stays part of the name (WCAG 2.5.3). */
  protected readonly spoken = computed(() => {
    const value = this.#value();
    return value !== null && this.figure().form === 'duration' ? this.#times.duration(value * 1_000) : this.text();
  });
  protected readonly name = computed(() =>
    this.t('csrActivity.openFigure', {
      figure: this.t(`csrActivity.figures.${this.figure().id}.name`),
      value: this.text(),
      whose: this.whose(),
    }),
  );
}
