import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { MatCheckboxModule } from '@angular/material/checkbox';
import { Icon, injectTexts } from '@deskside/ui';
import { LookedAtHistory } from '../session-history/looked-at-history';
import type { Step } from '../session-history/neighbour';
import { speeds } from './play-clock';
import { Playback } from './playback';
import { Scrubber } from './scrubber';

/** Plays the session on a clock: play and pause, speed, event by event, or a jump on the lanes. */
@Component({
  selector: 'ds-player',
  imports: [Icon, MatButtonModule, MatButtonToggleModule, MatCheckboxModule, Scrubber],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', '[attr.aria-label]': "t('player.title')" },
  templateUrl: './player.html',
  styleUrl: './player.scss',
})
export class Player {
  /** The steps that lead somewhere. */
  readonly possible = input.required<(step: Step) => boolean>();
  readonly step = output<Step>();
  readonly playOrPause = output();
  /** A jump has come to rest. */
  readonly settled = output();

  protected readonly t = injectTexts();
  protected readonly playback = inject(Playback);
  protected readonly looked = inject(LookedAtHistory);
  protected readonly speeds = speeds;
}
