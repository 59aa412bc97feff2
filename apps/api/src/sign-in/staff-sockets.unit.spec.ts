import { describe, expect, it } from '@jest/globals';
import type { StaffContext } from '../graphql/staff-context';
import type { EventHub } from '../live-feed/event-hub';
import type { SignIns } from './sign-ins';
import { StaffSockets } from './staff-sockets';

type Told = Parameters<Parameters<EventHub['onType']>[1]>[0];

const context = { caller: { accountId: 'mira', signInId: 's' }, token: 't' } as unknown as StaffContext;

describe('the live connections of an account', () => {
  it('are ended with a sign-out, also those that came after all before had gone', () => {
    const listeners = new Map<string, (event: Told) => void>();
    const hub = { onType: (type: string, listener: (event: Told) => void) => listeners.set(type, listener) };
    const signIns = { callerOf: async () => context.caller, secrets: { whenEnded: () => undefined } };
    const sockets = new StaffSockets(hub as unknown as EventHub, signIns as unknown as SignIns);
    const closed: string[] = [];
    const add = (name: string): (() => void) => sockets.add(context, () => closed.push(name));
    const removeFirst = add('first');
    removeFirst();
    add('second');
    // Told twice that it has gone.
    removeFirst();
    const recorded = { stream: 'representative-mira' };
    listeners.get('SignedOut')?.({ recorded, envelope: { payload: { signInId: 's' } } } as unknown as Told);
    expect(closed).toEqual(['second']);
  });
});
