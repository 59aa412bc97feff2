import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessOptions } from '../support/api-process';
import { Customer, newId } from '../support/people';
import { searchFolder } from '../support/search-bytes';
import { until } from '../support/until';
import { Asking } from './asking';
import { Backups, verify } from './backups';
import type { Chance } from './chance';
import { everythingInLog, goneIsGone, logsWhole, nobodyLeft, staysFlat, staysQuick } from './checks';
import type { Check } from './checks';
import { spreadOf } from './figures';
import { HostileClients } from './hostile';
import { Ledger } from './ledger';
import { countInLog } from './log-count';
import { processesWith } from './process-sample';
import { goneIn, readGone, restoreAndSearch, untilReady } from './restored';
import { ServerLives } from './server-lives';
import { liveSession } from './session-life';
import { newColleague, newTalk } from './site';
import type { Colleague, Site } from './site';
import { SteadyChat } from './steady-chat';

const quietMs = 30_000;
const settledAfterLines = 50;
/** So many representatives, each with so many sessions at a time. */
const [representatives, sessionsOfEach] = [3, 2];
const backupEveryMs = 60_000;
/** Nothing is killed in the rest of the time, so that the last life is long enough to tell whether it grows. */
const shareWithKills = 0.6;

export interface SoakOptions {
  readonly root: string;
  readonly secondPlace: string;
  readonly options: ProcessOptions;
  readonly chance: Chance;
  readonly sampleEveryMs: number;
  readonly say: (line: string) => void;
}

export interface Outcome {
  readonly checks: readonly Check[];
  readonly figures: Readonly<Record<string, unknown>>;
}

/** What is left to look at; times of `performance.now()`. */
interface Lived {
  readonly chat: SteadyChat;
  readonly quietFrom: number;
  readonly loudFrom: number;
  readonly wasHostile: boolean;
}

/** One soak, from an empty folder to what was found at its end. */
export class SoakRun {
  readonly #given: SoakOptions;
  readonly #ledger: Ledger;
  readonly #asking: Asking;
  readonly #lives: ServerLives;
  readonly #backups: Backups;

  constructor(given: SoakOptions) {
    this.#given = given;
    this.#ledger = new Ledger(given.chance.fork());
    this.#asking = new Asking(this.#ledger);
    this.#lives = new ServerLives(given.options, given.sampleEveryMs);
    this.#backups = new Backups(given.options, given);
  }

  async for(ms: number): Promise<Outcome> {
    const site = await this.#open();
    const chat = await SteadyChat.open(site);
    const end = new AbortController();
    const talking = chat.talk(end.signal);
    await until('everybody is heard', () => chat.heard.length >= settledAfterLines);
    const quietFrom = performance.now();
    this.#given.say(`quiet for ${quietMs / 1000} s`);
    await pause(quietMs);
    const loudFrom = performance.now();
    // What more people need than a few is no leak: the life that is judged begins with all of them.
    await this.#lives.end('SIGTERM');
    await this.#lives.start();
    const hostile = await this.#hostile(site);
    const working = await this.#work(site, end.signal);
    await Promise.all([this.#kill(ms * shareWithKills), this.#backUp(ms), pause(ms)]);
    this.#given.say('ending');
    this.#lives.stopSampling();
    end.abort();
    await Promise.all([talking, ...working]);
    const wasHostile = hostile.isRunning;
    await hostile.end();
    return this.#look(site, { chat, quietFrom, loudFrom, wasHostile });
  }

  async #open(): Promise<Site> {
    const api = await this.#lives.start();
    const { email, password } = api.firstAdministrator;
    const administrator = await api.staff().signIn(email, password);
    return { origin: api.url, asking: this.#asking, ledger: this.#ledger, administrator };
  }

  async #hostile(site: Site): Promise<HostileClients> {
    const { person, email } = await newColleague(site);
    const texts = { name: 'Mallory', subject: 'None' };
    const talk = await newTalk(site, { representative: person, customer: new Customer(site.origin), ...texts });
    if (talk === null) throw new Error('The hostile client was not let in.');
    const seed = this.#given.chance.whole(0, 2 ** 31);
    return new HostileClients({ origin: site.origin, seed, email, bearer: talk.customer.bearer });
  }

  /** Everybody who works until the signal; each of these settles when the last session has ended. */
  async #work(site: Site, signal: AbortSignal): Promise<Promise<void>[]> {
    const working: Promise<void>[] = [];
    for (let n = 0; n < representatives; n++) {
      const { person } = await newColleague(site);
      for (let m = 0; m < sessionsOfEach; m++) {
        const chance = this.#given.chance.fork();
        working.push(
          (async () => {
            while (!signal.aborted) await liveSession(site, person, { chance, signal });
          })(),
        );
      }
    }
    working.push(this.#comeAndGo(await newColleague(site), signal));
    return working;
  }

  /** Somebody who signs in and out over and over, at a browser that the site knows. */
  async #comeAndGo({ person, email, password }: Colleague, signal: AbortSignal): Promise<void> {
    const chance = this.#given.chance.fork();
    for (let locale = 'sr-Latn'; !signal.aborted; locale = locale === 'en' ? 'sr-Latn' : 'en') {
      await this.#asking.until(person, 'signOut');
      await this.#asking.until(person, 'signIn', { email, password });
      await this.#asking.until(person, 'changeOwnLocale', { commandId: newId(), locale });
      await pause(chance.between(2000, 6000));
    }
  }

  async #kill(ms: number): Promise<void> {
    const chance = this.#given.chance.fork();
    const end = performance.now() + ms;
    for (let isFirst = true; ; isFirst = false) {
      const wait = chance.between(20_000, 60_000);
      const [signal, isMediaKilled] = [chance.happens(0.25) ? 'SIGTERM' : 'SIGKILL', chance.happens(0.4)] as const;
      // A short run has one kill as well.
      const left = end - performance.now();
      if (left < wait && !isFirst) return;
      await pause(Math.min(wait, Math.max(left, 0)));
      if (isMediaKilled) this.#lives.killMedia();
      this.#given.say(isMediaKilled ? `${signal}, and the media server before it` : signal);
      await this.#lives.end(signal);
      await this.#lives.start();
    }
  }

  async #backUp(ms: number): Promise<void> {
    const end = performance.now() + ms;
    for (let wait = Math.min(backupEveryMs, ms / 3); performance.now() + wait < end; wait = backupEveryMs) {
      await pause(wait);
      this.#given.say('backup');
      await this.#backups.take();
      this.#given.say('backup made and verified');
    }
  }

  async #look({ origin, administrator }: Site, { chat, quietFrom, loudFrom, wasHostile }: Lived): Promise<Outcome> {
    const { root, secondPlace, options } = this.#given;
    const [ledger, lives, backups] = [this.#ledger, this.#lives, this.#backups];
    await untilReady(origin);
    await readGone(ledger, administrator, 'the site');
    const socketsLeft = await lives.socketsLeft();
    await lives.end('SIGTERM');
    const count = await countInLog(options.dataDir, ledger.acknowledged);
    const verdict = await verify(options.dataDir, options);
    const backup = backups.oldest;
    const restored =
      backup === null
        ? { trouble: 'no backup was made', found: [], sessions: 0 }
        : await restoreAndSearch({ backup, root, secondPlace, options }, ledger, administrator);
    const calm = chat.heard.filter(({ sent, heard }) => lives.isCalm(sent, heard));
    const waits = {
      quiet: calm.filter(({ sent, heard }) => sent >= quietFrom && heard < loudFrom),
      loud: calm.filter(({ sent }) => sent >= loudFrom),
    };
    const gone = {
      texts: ledger.gone.size,
      inFolder: goneIn(options.dataDir, ledger),
      inAnswers: ledger.leaks,
      restored,
      control: searchFolder(options.dataDir, { kept: ledger.kept }).found.length,
    };
    const codes = Object.fromEntries([...ledger.codes].sort());
    const refused = Object.entries(codes).filter(([code]) => !code.endsWith(': ok'));
    this.#given.say(`not accepted: ${refused.map(([code, many]) => `${code} ${many}`).join(', ') || 'nothing'}`);
    return {
      checks: [
        everythingInLog(count, chat),
        logsWhole(verdict, backups.figures),
        goneIsGone(gone),
        staysFlat(lives.lives, socketsLeft),
        staysQuick(waits),
        nobodyLeft(processesWith(root), [...lives.unclean, ...(wasHostile ? [] : ['the hostile clients ended'])]),
      ],
      figures: {
        kills: lives.kills,
        lives: lives.lives.map(({ samples }) => samples),
        codes,
        quiet: spreadOf(waits.quiet),
        loud: spreadOf(waits.loud),
      },
    };
  }
}
