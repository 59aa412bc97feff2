import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { DescribeDeviceDocument } from '../../generated/graphql';
import { Media } from '../media/media';
import { CustomerSession } from '../session/customer-session';
import { DeviceReport } from './device-report';

type Settle = (document: unknown, variables: { commandId: string }, isWanted: () => boolean) => Promise<unknown>;

const abilities = { browser: 'Chrome', system: 'Windows', form: 'desktop', canShareScreen: true, microphones: 1 };
const settle = jest.fn<Settle>();
const devices = new EventTarget();
const told = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const wanted = (): boolean[] => settle.mock.calls.map(([, , isWanted]) => isWanted());

beforeEach(async () => {
  settle.mockReset().mockResolvedValue({ ok: true, data: {} });
  Object.defineProperty(navigator, 'mediaDevices', { value: devices, configurable: true });
  const parts = signal({ library: { deviceAbilities: () => Promise.resolve({ ...abilities, cameras: 0 }) } });
  TestBed.configureTestingModule({
    providers: [
      DeviceReport,
      { provide: CustomerSession, useValue: { settle } },
      { provide: Media, useValue: { parts, isInSession: signal(true) } },
    ],
  });
  TestBed.inject(DeviceReport);
  TestBed.tick();
  await told();
});

describe('what this device can do', () => {
  test('is told until the server has it', () => {
    const [call] = settle.mock.calls;
    expect(call).toMatchObject([
      DescribeDeviceDocument,
      { device: { ...abilities, cameras: 0 } },
      expect.any(Function),
    ]);
    expect(wanted()).toEqual([true]);
  });

  test('is told anew when a device was plugged in; what waited until then is not sent any more', async () => {
    devices.dispatchEvent(new Event('devicechange'));
    await told();
    expect(wanted()).toEqual([false, true]);
    expect(new Set(settle.mock.calls.map(([, { commandId }]) => commandId)).size).toBe(2);
  });
});
