import type { Page } from 'playwright-core';
import { until } from './until';

interface Shared {
  readonly state: string;
  readonly capture: string;
  readonly prompts: number;
  readonly encoding: {
    readonly maxBitrate: number;
    readonly maxFramerate: number;
    readonly scaleResolutionDownBy: number;
  };
  readonly hint: string;
  readonly degradation: string | undefined;
}

export interface Viewed {
  readonly state: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly delayMs: number | null;
  readonly firstFrameMs: number | null;
  /** Pictures with a time code that could be read, so far. */
  readonly ages: number;
  readonly playing: boolean;
}

/** Where the time code stands in the picture, pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface Result {
  readonly ok: boolean;
  readonly reason?: string;
  readonly surface?: string;
}

type Mode = 'standard' | 'sampling';
type Members = 'share' | 'talk' | 'test';

/** One person before the test page: `media-page.ts` of the browser library, in words of a test. */
export class Person {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  connect = (): Promise<string> => this.#ask('connect');
  disconnect = (): Promise<void> => this.#ask('disconnect');
  state = (): Promise<string> => this.#ask('state');
  paint = (options: { readonly still?: boolean } = {}): Promise<Place> => this.#ask('paint', options);
  choose = (wish: { readonly mode: Mode; readonly surface?: 'monitor' | 'window' }): Promise<Result> =>
    this.#ask('choose', wish);
  publish = (viewers: readonly string[]): Promise<Result> => this.#ask('publish', viewers);
  shared = (): Promise<Shared> => this.#ask('shared');
  stopShare = (): Promise<string> => this.#ask('stopShare');
  view = (identity: string, place?: Place): Promise<void> => this.#ask('view', identity, place);
  viewed = (): Promise<Viewed> => this.#ask('viewed');
  takeAges = (): Promise<readonly number[]> => this.#ask('takeAges');
  luminance = (): Promise<number> => this.#ask('luminance');
  tracksOf = (identity: string): Promise<readonly { source: string; received: boolean }[]> =>
    this.#ask('tracksOf', identity);
  hear = (identity: string): Promise<boolean> => this.#ask('hear', identity);
  loudness = (): Promise<number> => this.#ask('loudness');
  loudnesses = (ms: number): Promise<readonly { at: number; loudness: number }[]> => this.#ask('loudnesses', ms);
  voices = (): Promise<readonly { identity: string; level: number; speaking: boolean; muted: boolean }[]> =>
    this.#ask('voices');
  abilities = (): Promise<Record<string, unknown>> => this.#ask('abilities');
  takeSeat = (name: string): Promise<string> => this.#ask('takeSeat', name);
  moveSeatHere = (): Promise<void> => this.#ask('moveSeatHere');
  giveSeat = (): Promise<void> => this.#ask('giveSeat');
  seat = (): Promise<string> => this.#ask('seat');

  /** Calls a method of a part of the library itself. */
  do<T>(part: Members, method: string, ...rest: readonly unknown[]): Promise<T> {
    return this.page.evaluate(
      ([name, call, given]) => {
        const target = (
          globalThis as unknown as { mediaPage: Record<string, Record<string, (...all: unknown[]) => T>> }
        ).mediaPage[name];
        return target?.[call]?.(...given) as T;
      },
      [part, method, rest] as const,
    );
  }

  /** The present value of a part's state. */
  now<T>(part: Members, state: string): Promise<T> {
    return this.page.evaluate(
      ([name, key]) =>
        (globalThis as unknown as { mediaPage: Record<string, Record<string, { value: unknown }>> }).mediaPage[name]?.[
          key
        ]?.value as T,
      [part, state] as const,
    );
  }

  /** What has happened so far. */
  happened<T>(list: 'talkEvents' | 'shareEnds'): Promise<readonly T[]> {
    return this.page.evaluate(
      (name) => (globalThis as unknown as { mediaPage: Record<string, readonly unknown[]> }).mediaPage[name] as never,
      list,
    );
  }

  async sees(what: string, isSo: (viewed: Viewed) => boolean, withinMs?: number): Promise<Viewed> {
    let viewed: Viewed | undefined;
    await until(what, async () => isSo((viewed = await this.viewed())), withinMs);
    return viewed as Viewed;
  }

  #ask<T>(method: string, ...rest: readonly unknown[]): Promise<T> {
    return this.page.evaluate(
      ([name, given]) => {
        const { mediaPage } = globalThis as unknown as { mediaPage: Record<string, (...all: unknown[]) => T> };
        return mediaPage[name]?.(...given) as T;
      },
      [method, rest] as const,
    );
  }
}
