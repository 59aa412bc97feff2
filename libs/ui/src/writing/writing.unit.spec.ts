import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { WriteRefusal } from '@deskside/domain';
import { ServerConnection } from '../connection/server-connection';
import { Writing } from './writing';

let says: WriteRefusal | null | undefined;
const ask = jest.fn(async () => says);
let visibility: DocumentVisibilityState;
let writing: Writing;

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Math, 'random').mockReturnValue(0);
  [says, visibility] = [null, 'visible'];
  ask.mockClear();
  jest.spyOn(TestBed.inject(DOCUMENT), 'visibilityState', 'get').mockImplementation(() => visibility);
  writing = TestBed.inject(Writing);
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
    writing.follow(ask);
    expect(writing.isPossible()).toBe(true);
    await after(0);
    expect([writing.refusal(), writing.isPossible()]).toEqual(['LOG_READ_ONLY', false]);
    says = null;
    await after(4_000);
    expect([writing.refusal(), writing.answers()]).toEqual([null, 2]);
  });

  test('is asked now and then, more often while nothing can be', async () => {
    writing.follow(ask);
    await after(44_999);
    expect(ask).toHaveBeenCalledTimes(1);
    says = 'LOG_DISK_FULL';
    await after(1);
    expect(writing.refusal()).toBe('LOG_DISK_FULL');
    await after(12_000);
    expect(ask).toHaveBeenCalledTimes(5);
  });

  test('is asked at once by whoever was refused, and after the connection was lost', async () => {
    writing.follow(ask);
    await after(0);
    says = 'LOG_UNAVAILABLE';
    writing.lookAgain();
    await after(0);
    expect(writing.refusal()).toBe('LOG_UNAVAILABLE');
    const connection = TestBed.inject(ServerConnection);
    void connection.nextTry();
    TestBed.tick();
    says = null;
    connection.restored();
    TestBed.tick();
    await after(0);
    expect(writing.isPossible()).toBe(true);
  });

  test('is asked by nobody whose window is hidden, and when it comes to the front', async () => {
    // Of this page alone: the pages of the other tests still hear of the window.
    const own = jest.fn(async () => says);
    writing.follow(own);
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
    writing.follow(ask);
    writing.lookAgain();
    expect(ask).toHaveBeenCalledTimes(1);
    await after(0);
    says = undefined;
    await after(4_000);
    expect(ask).toHaveBeenCalledTimes(2);
    expect([writing.refusal(), writing.answers()]).toEqual(['LOG_READ_ONLY', 1]);
  });
});
