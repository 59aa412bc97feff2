import { BehaviorSubject, Subject } from 'rxjs';
import type { Current } from '../current';
import { defaultDevice } from './microphone';

export interface AudioDevice {
  /** `default` is the system's default. */
  readonly id: string;
  /** Empty until the microphone was allowed once. */
  readonly label: string;
}

export interface AudioDevices {
  readonly inputs: readonly AudioDevice[];
  readonly outputs: readonly AudioDevice[];
  /** Ids of those in use. */
  readonly input: string;
  readonly output: string;
  /** Firefox and Safari choose the output themselves. */
  readonly canChooseOutput: boolean;
}

/** Where choices are remembered, such as localStorage. */
export interface DeviceStore {
  get(key: string): string | null;
  set(key: string, value: string): void;
}

export type DeviceKind = 'input' | 'output';

/** A device in use that is there no more. */
export interface DeviceGone {
  readonly kind: DeviceKind;
  /** Label of the device that is gone. */
  readonly was: string;
}

const keys = { input: 'deskside.audio.input', output: 'deskside.audio.output' } as const;
const kinds = { input: 'audioinput', output: 'audiooutput' } as const;

/** Lists of this machine's devices, the choice of the user, and word of a chosen one that was unplugged. */
export class DeviceChoice {
  readonly #store: DeviceStore | undefined;
  readonly #devices: BehaviorSubject<AudioDevices>;
  readonly #gone = new Subject<DeviceGone>();
  readonly devices: Current<AudioDevices>;
  readonly gone = this.#gone.asObservable();

  constructor(store?: DeviceStore) {
    this.#store = store;
    const canChooseOutput = typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;
    this.#devices = new BehaviorSubject<AudioDevices>({
      ...{ inputs: [], outputs: [], canChooseOutput },
      input: store?.get(keys.input) ?? defaultDevice,
      output: store?.get(keys.output) ?? defaultDevice,
    });
    this.devices = this.#devices;
    navigator.mediaDevices?.addEventListener('devicechange', this.#lookAgain);
  }

  /** Uses it from now on, and remembers it. */
  choose(kind: DeviceKind, id: string): void {
    this.#store?.set(keys[kind], id);
    this.use(kind, id);
  }

  /** Uses it from now on; what the user once chose stays remembered, for the day it is plugged in again. */
  use(kind: DeviceKind, id: string): void {
    this.#devices.next({ ...this.#devices.value, [kind]: id });
  }

  labelOf(kind: DeviceKind, id: string): string {
    const { inputs, outputs } = this.#devices.value;
    return (kind === 'input' ? inputs : outputs).find((device) => device.id === id)?.label ?? '';
  }

  /** Labels are there only after the microphone was allowed: look again then. */
  async refresh(): Promise<void> {
    const all = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    const before = this.#devices.value;
    const listOf = (kind: DeviceKind): AudioDevice[] =>
      all
        .filter((device) => device.kind === kinds[kind] && device.deviceId !== '')
        .map((device) => ({ id: device.deviceId, label: device.label }));
    this.#devices.next({ ...this.#devices.value, inputs: listOf('input'), outputs: listOf('output') });
    for (const kind of ['input', 'output'] as const) this.#tellIfGone(kind, before);
  }

  close(): void {
    navigator.mediaDevices?.removeEventListener('devicechange', this.#lookAgain);
  }

  readonly #lookAgain = (): void => void this.refresh();

  #tellIfGone(kind: DeviceKind, before: AudioDevices): void {
    const id = before[kind];
    const had = (kind === 'input' ? before.inputs : before.outputs).find((device) => device.id === id);
    if (id === defaultDevice || had === undefined || this.#isThere(kind, id)) return;
    this.#gone.next({ kind, was: had.label });
  }

  #isThere(kind: DeviceKind, id: string): boolean {
    const { inputs, outputs } = this.#devices.value;
    return (kind === 'input' ? inputs : outputs).some((device) => device.id === id);
  }
}
