import { describe, it } from '@jest/globals';
import { supportSession } from '../support-session';
import { given } from '../test-support/given-when-then';
import { ana, ended, stranger, withAna } from '../test-support/session-story';
import type { Device } from '../session-state';
import type { DeviceCommand } from './device';
import type { DeviceEvent } from './device-events';

const laptop: Device = {
  ...{ browser: 'Firefox', system: 'Windows', form: 'desktop' },
  ...{ canShareScreen: true, microphones: 1, cameras: 0 },
};
const { participantId } = ana;
const described: DeviceEvent = { type: 'DeviceDescribed', payload: { participantId, device: laptop } };

function describeDevice(device: Device, who = participantId): Pick<DeviceCommand, 'type' | 'payload'> {
  return { type: 'DescribeDevice', payload: { participantId: who, device } };
}

describe('DescribeDevice', () => {
  it('says where a page of the participant runs', () => {
    given(supportSession, ...withAna)
      .when(describeDevice(laptop))
      .then(described);
  });

  it('says it again only when something differs', () => {
    const plugged = { ...laptop, cameras: 1 };
    given(supportSession, ...withAna, described)
      .when(describeDevice({ ...laptop }))
      .thenNothing();
    given(supportSession, ...withAna, described)
      .when(describeDevice(plugged))
      .then({ type: 'DeviceDescribed', payload: { participantId, device: plugged } });
  });

  it('is for participants of an open session', () => {
    given(supportSession, ...withAna)
      .when(describeDevice(laptop, stranger.participantId))
      .thenRefused('NOT_A_PARTICIPANT');
    given(supportSession, ...withAna, ended)
      .when(describeDevice(laptop))
      .thenRefused('SESSION_ENDED');
  });
});
