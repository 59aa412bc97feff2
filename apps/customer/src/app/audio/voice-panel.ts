import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { KnownSession } from '@deskside/domain';
import { ErrorMessage, Icon, LevelMeter, Writes, injectTexts } from '@deskside/ui';
import { helpKey } from '../help/help-key';
import { Steps } from '../help/steps';
import { Media } from '../media/media';
import { injectNames } from '../people/names';
import { CustomerSession } from '../session/customer-session';
import { DevicePanel } from './device-panel';
import { Voice } from './voice';
import { othersInTalk, voicePanelState } from './voice-state';

/** "Hear and talk": one press, then mute, devices, and what stands in the way. */
@Component({
  selector: 'ds-voice-panel',
  imports: [DevicePanel, ErrorMessage, Icon, LevelMeter, MatButtonModule, NgTemplateOutlet, Steps, Writes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './voice-panel.html',
  styleUrls: ['../page/line.scss', './voice-panel.scss'],
})
export class VoicePanel {
  readonly session = input.required<KnownSession>();

  protected readonly t = injectTexts();
  protected readonly media = inject(Media);
  protected readonly voice = inject(Voice);
  readonly #me = inject(CustomerSession).place.participantId;
  readonly #names = injectNames();

  protected readonly showsDevices = signal(false);
  protected readonly isReady = computed(() => this.media.parts() !== null && this.media.plant()?.status === 'ready');
  protected readonly state = computed(() =>
    voicePanelState({
      talk: this.voice.state(),
      isElsewhere: this.media.isElsewhere(),
      mayComeBack: this.voice.mayComeBack(),
    }),
  );
  protected readonly speaking = computed(() => {
    const state = this.state();
    if (state !== 'in' && state !== 'listening') return '';
    const speaking = this.voice.voices().flatMap(({ identity, speaking }) => (speaking ? [identity] : []));
    if (speaking.length > 0) return this.t('voice.speaks', { names: this.#names.all(speaking, this.session()) });
    const others = othersInTalk(this.session(), this.#me);
    return others.length === 0
      ? this.t('voice.nobodyElse')
      : this.t('voice.alsoIn', { names: this.#names.all(others, this.session()) });
  });
  protected readonly word = computed(() => {
    const event = this.voice.happened();
    switch (event?.type) {
      case 'deviceReplaced':
        return this.t(`voice.replaced.${event.kind}`, { was: event.was, now: event.now });
      case 'speakingWhileMuted':
        return this.voice.muted() ? this.t('voice.speakingWhileMuted') : '';
      case 'rightRemoved':
        return this.t('voice.rightRemoved');
      case 'microphoneLost':
      case undefined:
        return '';
    }
  });
  protected readonly steps = computed(() => {
    const refusal = this.voice.refusal();
    const library = this.media.parts()?.library;
    if (library === undefined || (refusal !== 'refusedByBrowser' && refusal !== 'refusedBySystem')) return null;
    const by = refusal === 'refusedBySystem' ? 'system' : 'browser';
    return helpKey('microphone', library.permissionHelp('microphone', by));
  });

  protected toggleDevices(): void {
    this.showsDevices.update((shows) => !shows);
  }
}
