import { afterEach, beforeEach } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';

setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });

// Angular does this by itself only where jest's functions are global, and here they are imported.
beforeEach(() => void TestBed.resetTestingModule());
afterEach(() => void TestBed.resetTestingModule());
