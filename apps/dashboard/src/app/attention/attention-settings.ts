import { Injectable, signal } from '@angular/core';
import { rememberedText } from '@deskside/ui';
import { attentionKinds } from './attention-kind';
import type { AttentionKind } from './attention-kind';

export interface AttentionWays {
  readonly sound: boolean;
  readonly notification: boolean;
}

export interface AttentionChoice {
  /** 0 to 1. */
  readonly volume: number;
  readonly ways: Readonly<Record<AttentionKind, AttentionWays>>;
}

const usual: AttentionChoice = {
  volume: 0.4,
  ways: {
    joined: { sound: true, notification: true },
    message: { sound: true, notification: true },
    asks: { sound: true, notification: true },
    answer: { sound: true, notification: true },
    stopped: { sound: false, notification: true },
    away: { sound: false, notification: true },
    notSent: { sound: true, notification: true },
    reported: { sound: true, notification: true },
  },
};

/** How this person wants to be called, in this browser. */
@Injectable({ providedIn: 'root' })
export class AttentionSettings {
  readonly #remembered = rememberedText('deskside.attention');
  readonly #choice = signal<AttentionChoice>(readChoice(this.#remembered.read()));

  readonly choice = this.#choice.asReadonly();

  setVolume(volume: number): void {
    this.#keep({ ...this.#choice(), volume });
  }

  setWay(kind: AttentionKind, way: keyof AttentionWays, on: boolean): void {
    const { volume, ways } = this.#choice();
    this.#keep({ volume, ways: { ...ways, [kind]: { ...ways[kind], [way]: on } } });
  }

  #keep(choice: AttentionChoice): void {
    this.#remembered.write(JSON.stringify(choice));
    this.#choice.set(choice);
  }
}

export function readChoice(text: string | null): AttentionChoice {
  const stored = parsed(text);
  const ways = attentionKinds.map((kind) => [kind, { ...usual.ways[kind], ...stored.ways?.[kind] }] as const);
  return { volume: stored.volume ?? usual.volume, ways: Object.fromEntries(ways) as AttentionChoice['ways'] };
}

function parsed(text: string | null): {
  volume?: number;
  ways?: Partial<Record<AttentionKind, Partial<AttentionWays>>>;
} {
  try {
    return (JSON.parse(text ?? '{}') ?? {}) as ReturnType<typeof parsed>;
  } catch {
    return {};
  }
}
