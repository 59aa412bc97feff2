import { afterEach, describe, expect, it } from '@jest/globals';
import { event, projectRows } from '../testing/project-rows';
import type { ProjectedRows } from '../testing/project-rows';
import type { SampleEvent } from '../testing/sample-history';
import type { OutgoingMailQueries, OutgoingMailRow } from './outgoing-mail';
import { outgoingMailProjection } from './outgoing-mail-projection';
import { outgoingMailQueries } from './outgoing-mail-queries';

const session = 'supportSession-s1';
const later = '2026-03-01T18:00:00.000Z';
const never = '9999';
const invited = (invitationId: string, channel = 'email', stream = session): SampleEvent =>
  event(stream, 'CustomerInvited', { invitationId, channel, locale: 'en', by: 'p' });
const about = (type: string, more: object = {}): SampleEvent =>
  event(session, type, { invitationId: 'i1', attempt: 1, ...more });
const failed = (retryAt: string | null, attempt = 1): SampleEvent => about('InvitationFailed', { attempt, retryAt });

describe('mail that has to go out', () => {
  let model: ProjectedRows<OutgoingMailQueries> | undefined;
  const given = async (...events: readonly SampleEvent[]): Promise<OutgoingMailQueries> => {
    model = await projectRows(outgoingMailProjection, outgoingMailQueries, events);
    return model.queries;
  };
  const rows = async (...events: readonly SampleEvent[]): Promise<readonly OutgoingMailRow[]> =>
    (await given(...events)).due(never, 10);
  afterEach(() => model?.close());

  it('is an invitation by e-mail from the moment on when it was made', async () => {
    const now = invited('i1');
    expect(await rows(now, invited('i2', 'phone'), invited('i3', 'instantMessage'))).toEqual([
      { sessionId: 's1', invitationId: 'i1', attempt: 1, failures: 0, dueAt: now.occurredAt },
    ]);
  });

  it.each([
    ['accepted', about('InvitationSent')],
    ['refused for good', failed(null)],
    ['withdrawn', about('InvitationWithdrawn')],
    ['used', about('InvitationUsed')],
    ['of a session that has ended', event(session, 'SessionEnded', { reason: 'endedByRepresentative', by: null })],
  ])('is none when it was %s', async (_, last) => {
    const other = invited('i9', 'email', 'supportSession-s2');
    expect((await rows(invited('i1'), other, last)).map(({ invitationId }) => invitationId)).toEqual(['i9']);
  });

  it('waits until it is tried again, and counts how often', async () => {
    const mail = await given(invited('i1'), failed('2026-03-01T12:00:00.000Z'), failed(later));
    expect(mail.due(never, 10)).toMatchObject([{ attempt: 1, failures: 2, dueAt: later }]);
    expect(mail.due('2026-03-01T17:59:59.999Z', 10)).toEqual([]);
    expect(mail.nextDueAfter('2026-03-01T12:00:00.000Z')).toBe(later);
    expect(mail.nextDueAfter(later)).toBeNull();
  });

  it('goes out anew when it is sent again', async () => {
    const resent = about('InvitationResent', { attempt: 2 });
    expect(await rows(invited('i1'), failed(later), failed(null), resent)).toEqual([
      { sessionId: 's1', invitationId: 'i1', attempt: 2, failures: 0, dueAt: resent.occurredAt },
    ]);
  });

  it('is not put off by what is noted late of an attempt before', async () => {
    const resent = about('InvitationResent', { attempt: 2 });
    expect(await rows(invited('i1'), failed(null), resent, failed(later))).toMatchObject([
      { failures: 0, dueAt: resent.occurredAt },
    ]);
  });

  it('is not brought back by a failure that is noted after it was settled', async () => {
    expect(await rows(invited('i1'), about('InvitationWithdrawn'), failed(later))).toEqual([]);
  });
});
