import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { WriteRefusal } from '@deskside/domain';
import { ServerConnection } from '../connection/server-connection';
import { CurrentWriteRefusal } from './current-write-refusal';

let says: WriteRefusal | null | undefined;
const ask = jest.fn(async () => says);
let visibility: DocumentVisibilityState;
let writeRefusal: CurrentWriteRefusal;

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Math, 'random').mockReturnValue(0);
  [says, visibility] = [null, 'visible'];
  ask.mockClear();
  jest.spyOn(TestBed.inject(DOCUMENT), 'visibilityState', 'get').mockImplementation(() => visibility);
  writeRefusal = TestBed.inject(CurrentWriteRefusal);
  TestBed.tick();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const after = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

describe('whether anything can be written', () => {
  test('is known as soon as the server has said it, and comes back by itself', async () => {
    says = 'LOG_READ_ONLY';
    writeRefusal.follow(ask);
    expect(writeRefusal.code()).toBe(null);
    await after(0);
    expect(writeRefusal.code()).toBe('LOG_READ_ONLY');
    says = null;
    await after(4_000);
    expect(writeRefusal.code()).toBe(null);
  });

  test('is asked now and then, more often while nothing can be', async () => {
    writeRefusal.follow(ask);
    await after(44_999);
    expect(ask).toHaveBeenCalledTimes(1);
    says = 'LOG_DISK_FULL';
    await after(1);
    expect(writeRefusal.code()).toBe('LOG_DISK_FULL');
    await after(12_000);
    expect(ask).toHaveBeenCalledTimes(5);
  });

  test('is asked at once by whoever was refused, and after the connection was lost', async () => {
    writeRefusal.follow(ask);
    await after(0);
    says = 'LOG_UNAVAILABLE';
    writeRefusal.lookAgain();
    await after(0);
    expect(writeRefusal.code()).toBe('LOG_UNAVAILABLE');
    const connection = TestBed.inject(ServerConnection);
    void connection.nextTry();
    TestBed.tick();
    says = null;
    connection.restored();
    TestBed.tick();
    await after(0);
    expect(writeRefusal.code()).toBe(null);
  });

  test('is asked by nobody whose window is hidden, and when it comes to the front', async () => {
    // Of this page alone: the pages of the other tests still hear of the window.
    const own = jest.fn(async () => says);
    writeRefusal.follow(own);
    await after(0);
    visibility = 'hidden';
    await after(600_000);
    expect(own).toHaveBeenCalledTimes(1);
    visibility = 'visible';
    TestBed.inject(DOCUMENT).dispatchEvent(new Event('visibilitychange'));
    expect(own).toHaveBeenCalledTimes(2);
  });

  test('stays as it was while there is no answer that counts, and one question is out at a time', async () => {
    says = 'LOG_READ_ONLY';
    writeRefusal.follow(ask);
    writeRefusal.lookAgain();
    expect(ask).toHaveBeenCalledTimes(1);
    await after(0);
    says = undefined;
    await after(4_000);
    expect(ask).toHaveBeenCalledTimes(2);
    expect(writeRefusal.code()).toBe('LOG_READ_ONLY');
  });
});
