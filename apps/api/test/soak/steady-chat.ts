import { setTimeout as pause } from 'node:timers/promises';
import { Customer, newId } from '../support/people';
import { Ear } from './ear';
import type { Heard } from './figures';
import { newColleague, newTalk, sendLine } from './site';
import type { Site, Talk } from './site';

const talksOfEach = 5;
const representatives = 2;
const pauseBetweenLinesMs = 100;

/** People who do nothing but talk, one line after the other, and how long each line is under way. */
export class SteadyChat {
  /** Lines that have reached whoever they were for. */
  readonly heard: Heard[] = [];
  readonly #site: Site;
  readonly #talks: readonly Talk[];
  readonly #ears: readonly Ear[];
  /** When each line was sent, and by whom, until the other one has heard it. */
  readonly #underWay = new Map<string, { readonly sent: number; readonly by: 'representative' | 'customer' }>();

  private constructor(site: Site, talks: readonly Talk[]) {
    this.#site = site;
    this.#talks = talks;
    this.#ears = talks.flatMap((talk) => this.#earsOf(talk));
  }

  static async open(site: Site): Promise<SteadyChat> {
    const talks: (Talk | null)[] = [];
    for (let n = 0; n < representatives; n++) {
      const { person } = await newColleague(site);
      for (let m = 0; m < talksOfEach; m++) {
        const customer = new Customer(site.origin);
        const texts = { name: site.ledger.marker(false), subject: site.ledger.marker(false) };
        talks.push(await newTalk(site, { representative: person, customer, ...texts }));
      }
    }
    return new SteadyChat(
      site,
      talks.filter((talk) => talk !== null),
    );
  }

  get doubles(): number {
    return this.#ears.reduce((sum, ear) => sum + ear.doubles, 0);
  }

  /** Lines that nobody has heard yet. */
  get unheard(): number {
    return this.#underWay.size;
  }

  /** Sends at its pace whatever the answers do, until it is aborted; settles when all were answered. */
  async talk(signal: AbortSignal): Promise<void> {
    const listening = this.#ears.map((ear) => ear.listen());
    const sending: Promise<unknown>[] = [];
    for (let n = 0; !signal.aborted; n++) {
      const talk = this.#talks[n % this.#talks.length];
      if (talk !== undefined) sending.push(this.#say(talk, n % 2 === 0 ? 'customer' : 'representative'));
      await pause(pauseBetweenLinesMs);
    }
    await Promise.all(sending);
    const end = performance.now() + 10_000;
    while (this.unheard > 0 && performance.now() < end) await pause(pauseBetweenLinesMs);
    for (const ear of this.#ears) ear.close();
    await Promise.all(listening);
  }

  async #say(talk: Talk, by: 'representative' | 'customer'): Promise<void> {
    const commandId = newId();
    this.#underWay.set(commandId, { sent: performance.now(), by });
    const isSent = await sendLine(this.#site, talk, { by, text: this.#site.ledger.marker(false), commandId });
    if (!isSent) this.#underWay.delete(commandId);
  }

  #earsOf({ representative, customer, sessionId }: Talk): Ear[] {
    return [
      new Ear(
        async (after) => {
          const socket = await representative.socket();
          return { socket, feed: representative.sessionFeed(socket, sessionId, after) };
        },
        (messageId, at) => this.#hear('representative', messageId, at),
      ),
      new Ear(
        async (after) => {
          const socket = await customer.socket();
          return { socket, feed: customer.sessionFeed(socket, after) };
        },
        (messageId, at) => this.#hear('customer', messageId, at),
      ),
    ];
  }

  #hear(by: 'representative' | 'customer', messageId: string, at: number): void {
    const line = this.#underWay.get(messageId);
    if (line === undefined || line.by === by) return;
    this.#underWay.delete(messageId);
    this.heard.push({ sent: line.sent, heard: at });
  }
}
