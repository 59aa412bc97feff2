import { inject } from '@angular/core';
import type { Signal } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { injectTexts } from '@deskside/ui';
import type { Command } from '../../commands/commands';
import { comboFor } from '../../commands/key-table';
import type { KeyId } from '../../commands/key-table';
import { AudioDevicesDialog } from '../audio/audio-devices-dialog';
import { Talking } from '../audio/talking';
import { ConsentActs } from '../consent/consent-acts';
import { screenRequest } from '../consent/screen-request';
import { Inviting } from '../invitation/inviting';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { StageSize } from '../stage/stage-size';

type Offer = (id: KeyId, run: () => unknown, how?: Pick<Command, 'writes'>) => Command;

/** Of the commands that are held while nothing can be written. Stopping what is seen or heard never is. */
const held = { writes: true } as const;

/** Seeing, talking and inviting by key and palette: only what can be done at this moment. */
export function helpCommands(session: Signal<OpenSession>): () => readonly Command[] {
  const t = injectTexts();
  const inviting = inject(Inviting);
  const screen = screenCommands(session);
  const audio = audioCommands(session);
  const offer: Offer = (id, run, how = {}) => ({
    ...{ id, title: t(`keys.${id}`), combo: comboFor(id), run: () => void run() },
    ...how,
  });
  return () => [offer('invite', () => inviting.open(session()), held), ...screen(offer), ...audio(offer)];
}

function screenCommands(session: Signal<OpenSession>): (offer: Offer) => readonly Command[] {
  const acts = inject(ConsentActs);
  const size = inject(StageSize);
  const medias = inject(SessionMedias);
  return (offer) => {
    const state = screenRequest(session().session(), session().me()?.id ?? '');
    const everywhere = [offer('stopAll', () => acts.stopAll())];
    switch (state.kind) {
      case 'idle':
        if (!medias.ready()) return everywhere;
        return [offer('requestView', () => acts.requestView(session()), held), ...everywhere];
      case 'notPossible':
        return everywhere;
      case 'running':
        return [
          offer('stop', () => acts.stop(session())),
          ...everywhere,
          offer('size', () => size.toggle()),
          offer('fullScreen', () => size.askFullScreen()),
        ];
      default:
        return [offer('withdraw', () => acts.withdraw(session()), held), ...everywhere];
    }
  };
}

function audioCommands(session: Signal<OpenSession>): (offer: Offer) => readonly Command[] {
  const talking = inject(Talking);
  const medias = inject(SessionMedias);
  const dialogs = inject(MatDialog);
  return (offer) => {
    const media = medias.of(session());
    if (media === undefined || !medias.ready()) return [];
    const devices = offer('audioDevices', () => dialogs.open(AudioDevicesDialog, { data: media }));
    if (media.talkState() === 'out') return [offer('audio', () => talking.join(session()), held), devices];
    return [
      offer('audio', () => talking.leave(session())),
      offer('mute', () => talking.setMuted(session(), !media.muted())),
      devices,
    ];
  };
}
