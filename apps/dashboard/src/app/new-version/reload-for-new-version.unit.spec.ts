import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NavigationError } from '@angular/router';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { reloadForNewVersion } from './reload-for-new-version';

const assign = jest.fn();

function failWith(message: string): void {
  TestBed.runInInjectionContext(() => reloadForNewVersion(new NavigationError(1, '/accounts', new TypeError(message))));
}

describe('a part of the page that cannot be fetched', () => {
  beforeEach(() => {
    assign.mockClear();
    sessionStorage.clear();
    TestBed.resetTestingModule().configureTestingModule({
      providers: [{ provide: DOCUMENT, useValue: { defaultView: { location: { assign } } } }],
    });
  });

  it('loads the page anew where one wanted to go, once', () => {
    failWith('Failed to fetch dynamically imported module: https://example.com/chunk.js');
    failWith('Failed to fetch dynamically imported module: https://example.com/chunk.js');
    expect(assign.mock.calls).toEqual([['/dashboard/accounts']]);
  });

  it('leaves other failures alone', () => {
    failWith('Cannot read properties of undefined');
    expect(assign).not.toHaveBeenCalled();
  });
});
