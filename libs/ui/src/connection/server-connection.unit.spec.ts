import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ServerConnection } from './server-connection';

let connection: ServerConnection;

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
  jest.spyOn(Math, 'random').mockReturnValue(1);
  connection = TestBed.inject(ServerConnection);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('the way to the server', () => {
  test('says since when it is lost and when the next try is', () => {
    void connection.nextTry();
    expect(connection.state()).toEqual({ status: 'reconnecting', since: 1_000_000, nextTryAt: 1_000_500 });
  });

  test('lets all who wait try at the same moment, and later each time', async () => {
    const tries: string[] = [];
    void connection.nextTry().then(() => tries.push('feed'));
    jest.advanceTimersByTime(300);
    void connection.nextTry().then(() => tries.push('command'));
    await jest.advanceTimersByTimeAsync(200);
    expect(tries).toEqual(['feed', 'command']);
    void connection.nextTry();
    expect(connection.state()).toMatchObject({ since: 1_000_000, nextTryAt: 1_000_500 + 1_000 });
  });

  test('wakes everybody when one gets through, and begins the waits anew', async () => {
    const woken = connection.nextTry();
    connection.restored();
    await woken;
    expect(connection.state()).toEqual({ status: 'online' });
    void connection.nextTry();
    expect(connection.state()).toMatchObject({ nextTryAt: Date.now() + 500 });
  });

  test('is tried at once when the person asks, the network is back or the window comes to the front', async () => {
    const asked = connection.nextTry();
    connection.tryNow();
    await asked;
    const noticed = connection.nextTry();
    window.dispatchEvent(new Event('online'));
    await noticed;
    const seen = connection.nextTry();
    document.dispatchEvent(new Event('visibilitychange'));
    await seen;
  });

  test('says that the device has no network', () => {
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    void connection.nextTry();
    expect(connection.state()).toEqual({ status: 'offline', since: 1_000_000 });
  });

  test('is quiet when nobody waits any more', async () => {
    const woken = connection.nextTry();
    await jest.advanceTimersByTimeAsync(500);
    await woken;
    connection.tryNow();
    expect(connection.state()).toEqual({ status: 'online' });
  });
});
