import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  DestroyRef,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import type { Grant } from '@deskside/domain';
import { ScreenView } from '@deskside/media/browser';
import type { ViewState } from '@deskside/media/browser';
import { Icon, ShareBar, injectTexts, isolated, shownText } from '@deskside/ui';
import { ConsentActs } from '../consent/consent-acts';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { StageSize } from './stage-size';
import { screenWords } from './screen-words';

/** The customer's screen in its red frame: whole, at its own size, or on the whole of this screen. */
@Component({
  selector: 'ds-shared-screen',
  imports: [Icon, MatButtonModule, MatButtonToggleModule, ShareBar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './shared-screen.html',
  styleUrl: './shared-screen.scss',
})
export class SharedScreen {
  readonly session = input.required<OpenSession>();
  readonly grant = input.required<Grant>();

  protected readonly t = injectTexts();
  protected readonly acts = inject(ConsentActs);
  readonly #medias = inject(SessionMedias);
  readonly #document = inject(DOCUMENT);
  protected readonly size = inject(StageSize);
  private readonly video = viewChild.required<ElementRef<HTMLVideoElement>>('video');
  private readonly frame = viewChild.required<ElementRef<HTMLElement>>('frame');
  readonly #view = signal<ViewState>('absent');
  protected readonly isFullScreen = signal(false);

  readonly #owner = computed(() =>
    this.session()
      .participants()
      .find(({ id }) => id === this.grant().ownerId),
  );
  protected readonly seen = computed(() => {
    const name = isolated(shownText(this.#owner()?.name, this.t));
    return this.t('console.screen.of', { name });
  });
  protected readonly live = computed(() => this.#view() === 'live');
  protected readonly words = computed(() => {
    const media = this.#medias.of(this.session());
    const connection = media?.connectionState() ?? 'idle';
    return screenWords({ view: this.#view(), connection, customerAway: this.#owner()?.presence === 'away' }, this.t);
  });

  constructor() {
    effect((onCleanup) => this.#watch(onCleanup));
    const note = (): void => this.isFullScreen.set(this.#document.fullscreenElement !== null);
    this.#document.addEventListener('fullscreenchange', note);
    inject(DestroyRef).onDestroy(() => this.#document.removeEventListener('fullscreenchange', note));
    effect(() => {
      if (this.size.fullScreenAsked() > 0) void this.toggleFullScreen();
    });
  }

  protected async toggleFullScreen(): Promise<void> {
    if (this.#document.fullscreenElement !== null) return this.#document.exitFullscreen();
    // Refused where a frame around this page forbids it: the picture stays where it is.
    return this.frame()
      .nativeElement.requestFullscreen()
      .catch(() => undefined);
  }

  #watch(onCleanup: (end: () => void) => void): void {
    const media = this.#medias.of(this.session());
    if (media === undefined) return;
    const view = new ScreenView(media.connection, {
      identity: this.grant().ownerId,
      video: this.video().nativeElement,
    });
    const subscriptions = [
      view.state.subscribe((state) => this.#view.set(state)),
      view.figures.subscribe((figures) => media.figures.set(figures)),
    ];
    onCleanup(() => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      view.close();
      media.figures.set(null);
    });
  }
}
