import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatDialog } from '@angular/material/dialog';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SupportSession } from '@deskside/domain';
import { CurrentWriteRefusal, Localization, provideLocalization } from '@deskside/ui';
import { Commands } from '../../commands/commands';
import { Talking } from '../audio/talking';
import { ConsentActs } from '../consent/consent-acts';
import { Inviting } from '../invitation/inviting';
import { SessionMedias } from '../media/session-medias';
import type { OpenSession } from '../open-sessions/open-session';
import { StageSize } from '../stage/stage-size';
import { helpCommands } from './help-commands';

const texts = () => import('../../../i18n/en.json', { with: { type: 'json' } });
const done = jest.fn();
const act = (name: string) => (): void => void done(name);
const talkState = signal<'in' | 'out'>('out');
const media = { talkState, muted: signal(false) };

const customer = { id: 'ana', role: 'primaryCustomer', presence: 'present' };
const open = { status: 'open', participants: { ana: customer }, requests: {}, grants: {}, devices: {} };
const request = { id: 'r', capability: 'desktop', ownerId: 'ana', grantees: ['me'], status: 'sent' };
const asked = { ...open, requests: { r: request } };
const shared = { ...open, grants: { g: { id: 'g', capability: 'desktop', grantees: ['me'], ended: null } } };
const state = signal<object>(open);
const session = { session: state as () => SupportSession, me: () => ({ id: 'me' }) } as unknown as OpenSession;

beforeEach(async () => {
  done.mockClear();
  talkState.set('out');
  state.set(open);
  TestBed.configureTestingModule({
    providers: [
      provideLocalization({ en: texts, 'sr-Latn': texts, 'sr-Cyrl': texts, 'zh-Hant-TW': texts }),
      { provide: Inviting, useValue: { open: act('invite') } },
      {
        provide: ConsentActs,
        useValue: {
          requestView: act('requestView'),
          withdraw: act('withdraw'),
          stop: act('stop'),
          stopAll: act('stopAll'),
        },
      },
      { provide: StageSize, useValue: { toggle: act('size'), askFullScreen: act('fullScreen') } },
      { provide: SessionMedias, useValue: { of: () => media, ready: () => true } },
      { provide: MatDialog, useValue: { open: act('audioDevices') } },
      { provide: Talking, useValue: { join: act('join'), leave: act('leave'), setMuted: act('mute') } },
    ],
  });
  await TestBed.inject(Localization).start();
});

/** What is done when each command on offer is run. */
function doneByAll(): readonly unknown[] {
  const offered = TestBed.runInInjectionContext(() => helpCommands(signal(session)))();
  for (const command of offered) TestBed.inject(Commands).run(command);
  return done.mock.calls.flat();
}

async function nothingCanBeWritten(): Promise<void> {
  const refused = Promise.resolve('LOG_READ_ONLY' as const);
  TestBed.inject(CurrentWriteRefusal).follow(() => refused);
  await refused;
}

describe('seeing, talking and inviting by key and palette', () => {
  it('does what can be done at this moment', () => {
    expect(doneByAll()).toEqual(['invite', 'requestView', 'stopAll', 'join', 'audioDevices']);
  });

  it('begins nothing while nothing can be written', async () => {
    await nothingCanBeWritten();
    expect(doneByAll()).toEqual(['stopAll', 'audioDevices']);
    state.set(asked);
    done.mockClear();
    expect(doneByAll()).toEqual(['stopAll', 'audioDevices']);
  });

  it('ends what is seen and heard also then', async () => {
    await nothingCanBeWritten();
    state.set(shared);
    talkState.set('in');
    expect(doneByAll()).toEqual(['stop', 'stopAll', 'size', 'fullScreen', 'leave', 'mute', 'audioDevices']);
  });
});
