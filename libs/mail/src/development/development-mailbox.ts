import { randomUUID } from 'node:crypto';
import type { SecretStore } from '@deskside/vault';
import type { Mail, MailOutcome, OutgoingMail } from '../mail';
import { messageIdOf } from '../message-id';
import { oneLine } from '../one-line';

export interface CaughtMail {
  readonly id: string;
  /** RFC 3339. */
  readonly at: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
}

/** The oldest go when more are caught. */
export const mailsKept = 200;
const kind = 'caught-mail';
const listKind = 'caught-mail-list';
const listId = 'all';

interface Kept {
  readonly id: string;
  readonly owner: string;
}

/**
 * Catches all mail of a site that has no mail server yet. The mails hold names and links that let in, so they are kept
 * where secrets are: encrypted in the vault, by owner, and gone when the owner's data is erased (`forget`).
 */
export class DevelopmentMailbox implements Mail {
  readonly kind = 'development';
  readonly from = 'Deskside <deskside@localhost>';
  readonly #store: SecretStore;
  readonly #now: () => Date;
  readonly #listeners = new Set<() => void>();
  /** The list is read and written again: one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: SecretStore, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  async send({ id, owner, to, subject, text, html }: OutgoingMail): Promise<MailOutcome> {
    const caught: CaughtMail = {
      ...{ id: randomUUID(), at: this.#now().toISOString(), messageId: messageIdOf(id, this.from), from: this.from },
      ...{ to, subject: oneLine(subject), text, html: html ?? null },
    };
    await this.#inTurn(() => this.#keep(caught, owner));
    for (const listener of [...this.#listeners]) listener();
    return { ok: true };
  }

  /** Newest first. */
  caught(): Promise<readonly CaughtMail[]> {
    return this.#inTurn(async () => {
      const mails = await Promise.all((await this.#list()).map(({ id }) => this.#store.get(kind, id, this.#now())));
      return mails.flatMap((mail) => (mail === null ? [] : [mail.value as CaughtMail])).reverse();
    });
  }

  /** Everything that was caught of this owner is gone from here on. */
  forget(owner: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#store.removeOwned(owner, [kind]);
      const list = await this.#list();
      const left = list.filter((kept) => kept.owner !== owner);
      if (left.length < list.length) await this.#write(left);
    });
  }

  /** Calls back after each mail that was caught. @returns how to stop it. */
  onCaught(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  close(): Promise<void> {
    this.#listeners.clear();
    return Promise.resolve();
  }

  async #keep(caught: CaughtMail, owner: string): Promise<void> {
    const list = [...(await this.#list()), { id: caught.id, owner }];
    await this.#store.put({ kind, id: caught.id, owner, value: caught, expiresAt: null });
    const tooOld = list.splice(0, Math.max(0, list.length - mailsKept));
    await this.#write(list);
    for (const { id } of tooOld) await this.#store.remove(kind, id);
  }

  async #list(): Promise<readonly Kept[]> {
    return ((await this.#store.get(listKind, listId, this.#now()))?.value ?? []) as readonly Kept[];
  }

  #write(list: readonly Kept[]): Promise<void> {
    return this.#store.put({ kind: listKind, id: listId, owner: 'site', value: list, expiresAt: null });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
