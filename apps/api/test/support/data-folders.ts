import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { readSettings } from '../../src/settings/settings';
import type { Settings } from '../../src/settings/settings';
import { ApiUnderTest, newFolder } from './api-under-test';
import type { ApiOptions } from './api-under-test';
import type { Staff } from './people';

/** Folders of one spec, which go with it. */
export interface DataFolders {
  readonly root: string;
  /** The path of one that is not there yet. */
  fresh(name?: string): string;
}

export function dataFolders(): DataFolders {
  const root = newFolder();
  afterAll(() => rmSync(root, { recursive: true }));
  let count = 0;
  return { root, fresh: (name = 'data') => join(root, `${name}${(count += 1)}`) };
}

export function settingsOf(dataDir: string, more: Readonly<Record<string, string>> = {}): Settings {
  return readSettings({ DESKSIDE_DATA_DIR: dataDir, ...more });
}

/** The server on a folder that has a site already, to whom somebody who is signed in there goes on talking. */
export async function startAgain(somebody: Pick<Staff, 'origin'>, options: ApiOptions): Promise<ApiUnderTest> {
  const api = await ApiUnderTest.start(options);
  somebody.origin = api.url;
  return api;
}
