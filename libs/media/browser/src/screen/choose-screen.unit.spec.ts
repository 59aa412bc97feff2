import { describe, expect, it } from '@jest/globals';
import { checkSurface, refusalOf } from './choose-screen';

const refused = (message: string): DOMException => new DOMException(message, 'NotAllowedError');

describe('why no screen came of it', () => {
  it('is the person who closed the picker', () => {
    expect(refusalOf(refused('Permission denied'), 2000)).toBe('nothingChosen');
    expect(refusalOf(refused('Permission denied by user'), 2000)).toBe('nothingChosen');
  });

  it('is the system, as Chromium says on macOS without screen recording', () => {
    expect(refusalOf(refused('Permission denied by system'), 2000)).toBe('refusedBySystem');
    expect(refusalOf(new DOMException('Could not start video source', 'NotReadableError'), 2000)).toBe(
      'refusedBySystem',
    );
  });

  it('is the browser: a policy, a call without a click, or a no before anybody could read the question', () => {
    expect(refusalOf(refused('Access to the feature "display-capture" is disallowed by permissions policy.'), 5)).toBe(
      'refusedByBrowser',
    );
    expect(refusalOf(refused('getDisplayMedia requires transient user activation'), 900)).toBe('refusedByBrowser');
    expect(refusalOf(refused('Permission denied'), 8)).toBe('refusedByBrowser');
  });

  it('is something else', () => {
    expect(refusalOf(new TypeError('x'), 1)).toBe('notSupported');
    expect(refusalOf('x', 1)).toBe('failed');
  });
});

describe('what was picked', () => {
  function picked(displaySurface?: string): { track: MediaStreamTrack; stopped: () => boolean } {
    let isStopped = false;
    const track = { getSettings: () => ({ displaySurface }), stop: () => (isStopped = true) };
    return { track: track as unknown as MediaStreamTrack, stopped: () => isStopped };
  }

  it('is taken when it is what was wanted', () => {
    const { track, stopped } = picked('monitor');
    expect(checkSurface(track, 'monitor')).toEqual({ ok: true, track, surface: 'monitor' });
    expect(stopped()).toBe(false);
  });

  it('is taken when the browser does not say what it is', () => {
    const { track, stopped } = picked(undefined);
    expect(checkSurface(track, 'monitor')).toEqual({ ok: true, track, surface: 'unknown' });
    expect(stopped()).toBe(false);
  });

  it.each([
    ['browser', 'monitor', 'browser'],
    ['window', 'monitor', 'window'],
    ['monitor', 'window', 'monitor'],
  ] as const)('%s instead of %s is refused, and its capture ended', (surface, wanted, told) => {
    const { track, stopped } = picked(surface);
    expect(checkSurface(track, wanted)).toEqual({ ok: false, reason: 'wrongSurface', surface: told });
    expect(stopped()).toBe(true);
  });
});
