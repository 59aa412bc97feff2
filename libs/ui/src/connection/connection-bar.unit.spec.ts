import type { ComponentFixture } from '@angular/core/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Localization } from '../localization/localization';
import { provideLocalization } from '../localization/provide-localization';
import { ConnectionBar } from './connection-bar';
import { ServerConnection } from './server-connection';
import { WindowLimit, shortestWaitMs } from './window-limit';

let fixture: ComponentFixture<ConnectionBar>;
let windows: WindowLimit;
let connection: ServerConnection;
const tried = jest.fn();
const element = (selector: string): HTMLElement | null => fixture.nativeElement.querySelector(selector);
const saidIn = (selector: string): string => element(selector)?.textContent?.trim() ?? '';

async function afterMs(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  fixture.detectChanges();
}

beforeEach(async () => {
  TestBed.configureTestingModule({ providers: [provideLocalization()] });
  await TestBed.inject(Localization).start();
  jest.useFakeTimers();
  jest.spyOn(Math, 'random').mockReturnValue(0);
  tried.mockReset();
  windows = TestBed.inject(WindowLimit);
  connection = TestBed.inject(ServerConnection);
  fixture = TestBed.createComponent(ConnectionBar);
  fixture.detectChanges();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('the bar above everything', () => {
  test('is not there while all is well', () => {
    expect([element('.bar'), saidIn('[role=status]')]).toEqual([null, '']);
  });

  test('says that the window is one too many, when it tries next, and tries at once by its button', async () => {
    windows.whenRoom({}).subscribe(tried);
    await afterMs(250);
    const sentence = 'This page is open in too many windows. Close some of them, then try again.';
    expect([saidIn('.said'), saidIn('[role=status]')]).toEqual([sentence, sentence]);
    expect(saidIn('.countdown')).toBe('Next try in 20 seconds');
    expect(saidIn('button')).toBe('Try again');
    element('button')?.click();
    await afterMs(0);
    expect(tried).toHaveBeenCalledTimes(1);
    expect(saidIn('.countdown')).toBe('Trying now…');
  });

  test('goes away when there is room', async () => {
    const feed = {};
    windows.whenRoom(feed).subscribe(tried);
    await afterMs(shortestWaitMs);
    expect(tried).toHaveBeenCalledTimes(1);
    windows.forget(feed);
    await afterMs(0);
    expect(element('.bar')).toBeNull();
  });

  test('says first that the server is lost, and its button tries the server only', async () => {
    windows.whenRoom({}).subscribe(tried);
    void connection.nextTry();
    await afterMs(250);
    expect(saidIn('button')).toBe('Try again');
    const triedServer = jest.fn();
    await afterMs(250);
    void connection.nextTry().then(triedServer);
    await afterMs(500);
    expect(saidIn('.said')).toBe('The connection is lost. What you type is kept.');
    expect(saidIn('button')).toBe('Try now');
    element('button')?.click();
    await afterMs(0);
    expect([triedServer.mock.calls.length, tried.mock.calls.length]).toEqual([1, 0]);
  });
});
