import { RoomEvent } from '@livekit/rtc-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noMediaRights } from '@deskside/media';
import type { MediaRights } from '@deskside/media';
import { endAllGuests } from '@deskside/media/server/testing';
import type { ApiUnderTest } from '../support/api-under-test';
import { enter, MediaUnderTest, ticketOf } from '../support/media-under-test';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { SharedScreen } from '../support/shared-screen';
import { until } from '../support/until';

const starting = 600_000;
const shares: MediaRights = { ...noMediaRights, publish: ['screenShare'] };
const sees: MediaRights = { ...noMediaRights, subscribe: true };
let media: MediaUnderTest;
let api: ApiUnderTest;
let administrator: Staff;

beforeAll(async () => {
  media = await MediaUnderTest.start();
  api = await media.api();
  administrator = await api.firstAdministrator();
}, starting);
afterAll(async () => {
  await api.close();
  await media.close();
  await endAllGuests();
}, 60_000);

describe('a representative who sees a screen', () => {
  it.each<[string, (accountId: string) => Promise<unknown>]>([
    ['is disabled', (accountId) => administrator.do('disableAccount', { commandId: newId(), accountId })],
    [
      'may serve no more',
      (accountId) => administrator.do('setAccountRoles', { commandId: newId(), accountId, roles: ['auditor'] }),
    ],
  ])(
    'and whose account %s sees nothing more, also with the token that he has',
    async (_, bar) => {
      const csr = await api.colleague(administrator, ['representative']);
      const session = await SharedScreen.begin(api, csr);
      const { sessionId: room, ana, representative } = session;
      const token = await ticketOf(csr, room);
      const owner = await enter(api, await ticketOf(ana));
      const viewer = await enter(api, token);
      await session.granted();
      await Promise.all([media.has(room, ana.participantId, shares), media.has(room, representative, sees)]);
      const arrived = new Promise<void>((settle) => viewer.room.once(RoomEvent.TrackSubscribed, () => settle()));
      await owner.publish('screenShare');
      await arrived;
      await bar(csr.accountId);
      await until('he is out', async () => (await media.inRoom(room, representative)) === undefined);
      await expect(enter(api, token)).rejects.toBeDefined();
      // By another door than ours they may still come, until they are seen.
      const again = await enter(api, token, media.url);
      await media.tell(api, { room, identity: representative });
      await until('he is out again', async () => (await media.inRoom(room, representative)) === undefined);
      expect(await media.inRoom(room, ana.participantId)).toMatchObject({ rights: shares });
      await Promise.all([owner, viewer, again].map((guest) => guest.leave().catch(() => undefined)));
    },
    60_000,
  );
});
