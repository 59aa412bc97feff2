import { Clipboard } from '@angular/cdk/clipboard';
import {
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { MatSnackBar } from '@angular/material/snack-bar';
import { Router, RouterLink } from '@angular/router';
import { ErrorMessage, Icon, Skeleton, injectTexts } from '@deskside/ui';
import { offerCommands } from '../../commands/commands';
import { comboFor } from '../../commands/key-table';
import { ChainChip } from '../chain-chip';
import { ChainMeaning } from '../chain-meaning';
import { Playback } from '../player/playback';
import { Player } from '../player/player';
import { ConversationAtEvent } from './conversation-at-event';
import { EventList } from './event-list';
import { HistoryTitle } from './history-title';
import { parsePlace, writePlace } from './history-place';
import { LookedAtHistory } from './looked-at-history';
import type { Step } from './neighbour';
import { StatePanel } from './state-panel';

const keys: Readonly<Record<Step, string>> = { previous: 'ArrowUp', next: 'ArrowDown', first: 'Home', last: 'End' };
const steps: readonly Step[] = ['previous', 'next', 'first', 'last'];
const jumps = [
  { id: 'back', combo: 'ArrowLeft', seconds: -10 },
  { id: 'forward', combo: 'ArrowRight', seconds: 10 },
];

/** `/audit/sessions/<id>@<revision>`: every event of a session, and the state at the one that is looked at. */
@Component({
  selector: 'ds-session-history-page',
  imports: [
    ChainChip,
    ChainMeaning,
    ConversationAtEvent,
    ErrorMessage,
    EventList,
    HistoryTitle,
    Icon,
    MatButtonModule,
    MatButtonToggleModule,
    Player,
    RouterLink,
    Skeleton,
    StatePanel,
  ],
  providers: [LookedAtHistory, Playback],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[attr.data-part]': 'part()' },
  templateUrl: './session-history-page.html',
  styleUrl: './session-history-page.scss',
})
export class SessionHistoryPage {
  readonly place = input.required<string>();

  protected readonly t = injectTexts();
  protected readonly looked = inject(LookedAtHistory);
  protected readonly playback = inject(Playback);
  protected readonly leadsOn = (step: Step): boolean => this.looked.towards(step) !== undefined;
  protected readonly parts = ['events', 'state', 'conversation'] as const;
  protected readonly part = signal<'events' | 'state' | 'conversation'>('events');
  readonly #sessionId = computed(() => parsePlace(this.place()).sessionId);
  readonly #router = inject(Router);
  readonly #clipboard = inject(Clipboard);
  readonly #snackBar = inject(MatSnackBar);
  readonly #window = inject(DOCUMENT).defaultView;

  constructor() {
    // Going from event to event is not another look: only another session is asked for.
    effect(() => {
      this.#sessionId();
      untracked(() => this.look());
    });
    effect(() => this.looked.lookAt(parsePlace(this.place()).revision));
    offerCommands(() => [
      ...steps.map((step) => ({
        id: `history ${step}`,
        title: this.t(`history.${step}`),
        combo: keys[step],
        repeats: true,
        run: () => this.go(step),
      })),
      ...jumps.map(({ id, combo, seconds }) => ({
        id: `player ${id}`,
        title: this.t(`player.${id}`),
        combo,
        repeats: true,
        run: () => this.playback.jump(this.playback.at() + seconds * 1_000),
      })),
      {
        id: 'play',
        title: this.t(this.playback.playing() ? 'player.pause' : 'player.play'),
        combo: comboFor('play'),
        run: () => this.playOrPause(),
      },
      { id: 'copyLink', title: this.t('history.copyLink'), combo: 'y', run: () => this.copyLink() },
    ]);
  }

  protected look(): void {
    void this.looked.look(this.#sessionId());
  }

  protected go(step: Step): void {
    this.playback.pause();
    const revision = this.looked.towards(step);
    if (revision !== undefined) this.choose(revision);
  }

  protected playOrPause(): void {
    if (!this.playback.playing()) return this.playback.play();
    this.playback.pause();
    this.settle();
  }

  /** The address leads to where the clock has come to rest; while it runs it stays as it was. */
  protected settle(): void {
    if (!this.playback.playing()) this.choose(this.looked.revision());
  }

  protected choose(revision: number): void {
    this.looked.lookAt(revision);
    void this.#router.navigate(['/audit/sessions', writePlace({ sessionId: this.#sessionId(), revision })], {
      replaceUrl: true,
    });
  }

  protected copyLink(): void {
    const place = writePlace({ sessionId: this.#sessionId(), revision: this.looked.revision() });
    const path = this.#router.createUrlTree(['/audit/sessions', place]).toString();
    const done = this.#clipboard.copy(`${this.#window?.location.origin ?? ''}/dashboard${path}`);
    this.#snackBar.open(this.t(done ? 'history.linkCopied' : 'app.copyFailed'), undefined, { duration: 3000 });
  }
}
