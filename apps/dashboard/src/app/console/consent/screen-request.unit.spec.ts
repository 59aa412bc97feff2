import { describe, expect, it } from '@jest/globals';
import { fold, supportSession } from '@deskside/domain';
import { recorded } from '@deskside/ui';
import { screenRequest } from './screen-request';
import type { ScreenRequest } from './screen-request';

const at = (second: number): string => `2026-11-20T12:00:${String(second).padStart(2, '0')}.000Z`;
const joined = (participantId: string, role: string): object => ({
  type: 'ParticipantJoined',
  payload: { participantId, role, personId: `person of ${participantId}`, name: participantId },
});
const me = joined('me', 'primaryRepresentative');
const ana = joined('ana', 'primaryCustomer');
const desktop = { capability: 'desktop', access: 'view', ownerId: 'ana', grantees: ['me'] };
const asked = (requestId = 'r'): object => ({
  type: 'PermissionRequested',
  payload: { requestId, requestedBy: 'me', ...desktop },
});
const shown = { type: 'PermissionRequestShown', payload: { requestId: 'r', expiresAt: at(59) } };
const approved = { type: 'PermissionApproved', payload: { requestId: 'r' } };
const granted = {
  type: 'PermissionGranted',
  payload: { requestId: 'r', grantId: 'g', surface: 'monitor', resumes: null, ...desktop },
};
const device = (canShareScreen: boolean): object => ({
  type: 'DeviceDescribed',
  payload: {
    participantId: 'ana',
    device: { browser: 'Safari', system: 'iOS', form: 'phone', canShareScreen, microphones: 1, cameras: 2 },
  },
});

function state(...events: object[]): ScreenRequest {
  const actor = { kind: 'system', id: 's' };
  const numbered = events.map((event, revision) =>
    recorded({ ...(event as { type: string; payload: object }), revision, occurredAt: at(revision), actor }),
  );
  return screenRequest(fold(supportSession, numbered), 'me');
}

describe('the button Request View', () => {
  it('is not possible while no customer is in', () => {
    expect(state(me)).toEqual({ kind: 'notPossible', customer: null, device: null });
    expect(state(me, ana, { type: 'ParticipantLeft', payload: { participantId: 'ana' } }).kind).toBe('notPossible');
  });

  it('knows of a device that cannot share before anything is asked', () => {
    expect(state(me, ana, device(false))).toMatchObject({ kind: 'notPossible', device: { form: 'phone' } });
    expect(state(me, ana, device(true))).toMatchObject({ kind: 'idle', outcome: null });
  });

  it('goes from sent to shown to choosing to running', () => {
    expect(state(me, ana, asked()).kind).toBe('sent');
    expect(state(me, ana, asked(), shown)).toMatchObject({ kind: 'shown', expiresAt: at(59), failure: null });
    expect(state(me, ana, asked(), shown, approved).kind).toBe('choosing');
    expect(state(me, ana, asked(), shown, approved, granted)).toMatchObject({ kind: 'running', mine: true });
  });

  it('is asked again, with the reason, when nothing was chosen', () => {
    const nothing = {
      type: 'PermissionNothingChosen',
      payload: { requestId: 'r', reason: 'wrongSurface', expiresAt: at(58) },
    };
    expect(state(me, ana, asked(), shown, approved, nothing)).toMatchObject({
      kind: 'shown',
      failure: 'wrongSurface',
      expiresAt: at(58),
    });
  });

  it('says who refused and when, and that the time ran out', () => {
    const over = (type: string): ScreenRequest => state(me, ana, asked(), shown, { type, payload: { requestId: 'r' } });
    expect(over('PermissionDenied')).toMatchObject({ outcome: { how: 'denied', at: at(4), by: 'ana' } });
    expect(over('PermissionTimedOut')).toMatchObject({ outcome: { how: 'timedOut' } });
  });

  it('says how the last share ended', () => {
    const stopped = { type: 'PermissionRevoked', payload: { requestId: 'r', grantId: 'g', by: 'ana' } };
    const ended = state(me, ana, asked(), shown, approved, granted, stopped);
    expect(ended).toMatchObject({ kind: 'idle', outcome: { how: 'revoked', by: 'ana', at: at(6) } });
    expect(state(me, ana, asked(), shown, approved, granted, stopped, asked('r2')).kind).toBe('sent');
  });

  it('runs for those who are named only', () => {
    const others = { ...granted, payload: { ...granted.payload, grantees: ['somebody else'] } };
    expect(state(me, ana, asked(), shown, approved, others)).toMatchObject({ kind: 'running', mine: false });
  });
});
