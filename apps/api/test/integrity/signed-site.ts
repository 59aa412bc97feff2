import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeAll, beforeEach } from '@jest/globals';
import { readSignedState } from '@deskside/event-store';
import type { SignedState, StreamName } from '@deskside/event-store';
import type { Acceptance } from '../../src/integrity/accept-loss';
import { verifyLog } from '../../src/integrity/verify-log';
import type { Verdict } from '../../src/integrity/verify-log';
import type { Settings } from '../../src/settings/settings';
import { ApiUnderTest } from '../support/api-under-test';
import { dataFolders, settingsOf, startAgain } from '../support/data-folders';
import { newId } from '../support/people';
import type { Staff } from '../support/people';

/** A site of which the log was signed, its second place, and what happens to both in the tests of one spec. */
export class SignedSite {
  readonly #folders = dataFolders();
  /** With a session of three lines, stopped; and the same with three more, in folder and second place. */
  readonly made = { earlier: this.fresh('earlier'), later: this.fresh('later'), place: this.fresh('place') };
  /** What a test works on: a path where nothing is yet, and a copy of the second place. */
  dataDir = '';
  place = '';
  administrator!: Staff;
  #sessionId = '';
  #running: ApiUnderTest | undefined;

  constructor() {
    beforeAll(() => this.#make());
    beforeEach(() => {
      [this.dataDir, this.place] = [this.fresh('data'), this.fresh('second')];
      cpSync(this.made.place, this.place, { recursive: true });
    });
    afterEach(() => this.stop());
  }

  fresh(name: string): string {
    return this.#folders.fresh(name);
  }

  async #make(): Promise<void> {
    mkdirSync(this.made.place);
    const settings = { DESKSIDE_SECOND_PLACE: this.made.place };
    let site = await ApiUnderTest.start({ dataDir: this.made.later, settings });
    this.administrator = await site.firstAdministrator();
    ({ sessionId: this.#sessionId } = await this.administrator.startSession());
    for (const line of ['one', 'two', 'three']) await this.say(line);
    await site.stop();
    cpSync(this.made.later, this.made.earlier, { recursive: true });
    site = await startAgain(this.administrator, { dataDir: this.made.later, settings });
    for (const line of ['four', 'five', 'six']) await this.say(line);
    await site.stop();
  }

  settings(withPlace = true): Settings {
    return settingsOf(this.dataDir, withPlace ? { DESKSIDE_SECOND_PLACE: this.place } : {});
  }

  /** The server, until the test or `stop` ends it. */
  async start(
    settings: Readonly<Record<string, string>> = { DESKSIDE_SECOND_PLACE: this.place },
  ): Promise<ApiUnderTest> {
    this.#running = await startAgain(this.administrator, { dataDir: this.dataDir, settings });
    return this.#running;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  /** Settles with the code of the answer. */
  async say(text: string): Promise<string> {
    const line = { commandId: newId(), sessionId: this.#sessionId, to: 'all', text };
    return (await this.administrator.ask('sendChatMessage', line)).code;
  }

  verify(from = this.dataDir, withPlace = true): Promise<Verdict> {
    return verifyLog(this.settings(withPlace), from, () => undefined);
  }

  /** Changes the log behind the server's back. */
  sql(statements: string): void {
    const db = new DatabaseSync(join(this.dataDir, 'log.db'));
    db.exec(statements);
    db.close();
  }
}

/** The code by which what was told is accepted. */
export const codeIn = ({ lines }: Acceptance): string => /--findings (\w+)/.exec(lines.at(-1) ?? '')?.[1] ?? '';

export async function signedStates({ node }: ApiUnderTest): Promise<readonly SignedState[]> {
  const events = await node.store.readStream('integrity' as StreamName);
  return events.flatMap((event) => readSignedState(event) ?? []);
}
