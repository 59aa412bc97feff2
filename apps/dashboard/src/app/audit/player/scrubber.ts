import { ChangeDetectionStrategy, Component, ElementRef, computed, inject, output, viewChild } from '@angular/core';
import { Times, injectTexts } from '@deskside/ui';
import { LookedAtHistory } from '../session-history/looked-at-history';
import { drawnLanes, placeOn } from './drawn-lanes';
import { lanesOf } from './lanes';
import { Playback } from './playback';

/** The clock over the lanes of the session: press or drag to jump, or the keys of the page. */
@Component({
  selector: 'ds-scrubber',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './scrubber.html',
  styleUrl: './scrubber.scss',
})
export class Scrubber {
  protected readonly t = injectTexts();
  protected readonly playback = inject(Playback);
  readonly #looked = inject(LookedAtHistory);
  readonly #times = inject(Times);
  /** A jump has come to rest. */
  readonly settled = output();
  private readonly track = viewChild.required<ElementRef<HTMLElement>>('track');

  protected readonly lanes = computed(() => {
    const lanes = lanesOf(this.#looked.history()?.events ?? []);
    return drawnLanes(lanes, this.playback.start(), this.playback.end());
  });
  protected readonly head = computed(() => placeOn(this.playback.at(), this.playback.start(), this.playback.end()));
  protected readonly clock = computed(() => this.#times.clockToTheSecond(this.playback.at()));
  /** For a screen reader: the time, and how many events have happened. */
  protected readonly place = computed(() =>
    this.t('player.place', {
      time: this.clock(),
      event: this.#looked.index() + 1,
      all: this.playback.tape().length,
    }),
  );

  protected grab(press: PointerEvent): void {
    if (press.button !== 0) return;
    this.track().nativeElement.setPointerCapture(press.pointerId);
    this.drag(press);
  }

  protected release({ pointerId }: PointerEvent): void {
    const track = this.track().nativeElement;
    if (!track.hasPointerCapture(pointerId)) return;
    track.releasePointerCapture(pointerId);
    this.settled.emit();
  }

  protected drag(move: PointerEvent): void {
    const track = this.track().nativeElement;
    if (!track.hasPointerCapture(move.pointerId)) return;
    const { left, width } = track.getBoundingClientRect();
    const { start, end } = this.playback;
    this.playback.jump(start() + ((move.clientX - left) / Math.max(width, 1)) * (end() - start()));
  }
}
