import { ChangeDetectionStrategy, Component, afterRenderEffect, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { requestSeconds } from '@deskside/domain';
import type { KnownSession, PermissionRequest } from '@deskside/domain';
import { Icon, IgnoreKeysAtFirst, Writes, injectNow, injectTexts, stopwatch } from '@deskside/ui';
import { helpKey } from '../help/help-key';
import { Steps } from '../help/steps';
import { Media } from '../media/media';
import { injectNames } from '../people/names';
import { FocusUnlessTyping } from './focus-unless-typing';
import { remainingMs } from './question';
import { ScreenPicture } from './screen-picture';
import { ScreenQuestion } from './screen-question';
import { ServerTime } from './server-time';

const hurryMs = 20_000;

/** "Marko asks to see your screen": what it means, and the two answers. */
@Component({
  selector: 'ds-screen-question-card',
  imports: [FocusUnlessTyping, Icon, IgnoreKeysAtFirst, MatButtonModule, ScreenPicture, Steps, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './screen-question-card.html',
  styleUrls: ['../page/screen.scss', './card.scss', './screen-question-card.scss'],
})
export class ScreenQuestionCard {
  readonly session = input.required<KnownSession>();

  protected readonly t = injectTexts();
  protected readonly desk = inject(ScreenQuestion);
  readonly #media = inject(Media);
  readonly #names = injectNames();
  readonly #serverTime = inject(ServerTime);
  readonly #now = injectNow(500);

  protected readonly question = this.desk.question;
  readonly #request = computed(() => {
    const question = this.question();
    return question.at === 'none' ? null : question.request;
  });
  protected readonly asker = computed(() => this.#names.one(this.#request()?.requestedBy ?? '', this.session()));
  protected readonly viewers = computed(() => this.#names.all(this.#request()?.grantees ?? [], this.session()));
  protected readonly mayChoose = computed(() => this.#media.parts() !== null && !this.desk.isChoosingHere());

  readonly #leftMs = computed(() => {
    const request = this.#request();
    return request === null ? null : remainingMs(request, this.#serverTime.at(this.#now()));
  });
  protected readonly left = computed(() =>
    this.t('consent.left', { time: stopwatch(Math.ceil((this.#leftMs() ?? requestSeconds * 1000) / 1000) * 1000) }),
  );
  /** In hundredths. */
  protected readonly ring = computed(() => {
    const ms = this.#leftMs();
    return ms === null ? 100 : Math.min(100, Math.round(ms / 10 / requestSeconds));
  });
  /** Said once, since a running time is never read out. */
  protected readonly warning = computed(() => ((this.#leftMs() ?? Infinity) < hurryMs ? this.t('consent.hurry') : ''));

  readonly #failure = computed(() => this.#request()?.choiceFailure ?? null);
  protected readonly complaint = computed(() => {
    const failure = this.#failure();
    return failure === null ? null : `choice.${failure}`;
  });
  protected readonly steps = computed(() => {
    const failure = this.#failure();
    const library = this.#media.parts()?.library;
    if (library === undefined || (failure !== 'refusedByBrowser' && failure !== 'refusedBySystem')) return null;
    return helpKey('screen', library.permissionHelp('screen', failure === 'refusedBySystem' ? 'system' : 'browser'));
  });

  constructor() {
    afterRenderEffect(() => {
      if (this.question().at === 'asked') this.desk.display();
    });
  }

  protected choose(request: PermissionRequest): void {
    this.desk.choose(request);
  }
}
