import * as v from 'valibot';
import { declareEvent, representativesOnly, uuid } from '../events';
import type { EventOf } from '../events';
import { deviceForms } from '../session-state';
import { browserNames, systemNames } from './known-products';

const name = v.pipe(v.string(), v.maxLength(40));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99));

/** @see Device In events of earlier versions the names are whatever a page said. */
export const deviceSchema = v.object({
  browser: name,
  system: name,
  form: v.picklist(deviceForms),
  canShareScreen: v.boolean(),
  microphones: count,
  cameras: count,
});

/** What a page may say of itself. */
export const describedDeviceSchema = v.object({
  ...deviceSchema.entries,
  browser: v.picklist(browserNames),
  system: v.picklist(systemNames),
});

/** A page of the participant says where it runs; written when it differs from what was known. */
export const DeviceDescribed = declareEvent({
  type: 'DeviceDescribed',
  version: 1,
  payload: v.object({ participantId: uuid, device: deviceSchema }),
  personal: {},
  visibleTo: ({ participantId }) => [...representativesOnly, { participant: participantId }],
});

export type DeviceEvent = EventOf<typeof DeviceDescribed>;
