import { accept, refuse } from '../decider';
import type { Command, Decision, Recorded } from '../decider';
import { isInSession } from '../session-state';
import type { Device, KnownSession, SessionFacts } from '../session-state';
import type { DeviceEvent } from './device-events';

export type DeviceCommand = Command<'DescribeDevice', { readonly participantId: string; readonly device: Device }>;

export function evolveDevice<Facts extends SessionFacts>(facts: Facts, { payload }: Recorded<DeviceEvent>): Facts {
  return { ...facts, devices: { ...facts.devices, [payload.participantId]: payload.device } };
}

export function decideDevice({ payload }: DeviceCommand, session: KnownSession): Decision<DeviceEvent> {
  if (session.status === 'ended') return refuse('SESSION_ENDED');
  if (!isInSession(session.participants[payload.participantId])) return refuse('NOT_A_PARTICIPANT');
  const known = session.devices[payload.participantId];
  return known !== undefined && isSame(known, payload.device) ? accept() : accept({ type: 'DeviceDescribed', payload });
}

function isSame(a: Device, b: Device): boolean {
  return (Object.keys(a) as (keyof Device)[]).every((key) => a[key] === b[key]);
}
