import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import { siteKey } from '../site/site-key';

/** How long a browser is known after the last sign-in there. */
export const knownForDays = 180;
/** Accounts that one browser is known for; the newest ones. */
const accountsKept = 4;
const proofBytes = 16;
const nonceBytes = 9;
const tagBytes = 3;
const millisecondsOfDay = 86_400_000;

interface Parts {
  readonly vault: Vault;
  readonly clock: Clock;
}

/**
 * Browsers where somebody has signed in before, so that strangers who guess at a password elsewhere do not shut its owner
 * out (OWASP, "Device cookies"). A browser keeps the proof itself, in a cookie: an entry for each account, made of the day,
 * a part that tells accounts and browsers apart, and 128 bits of an HMAC-SHA-256 under a key of the vault. It says nothing but
 * that, opens nothing by itself, and is over with the password that it was given for.
 */
export class KnownBrowsers {
  private constructor(
    private readonly key: Buffer,
    private readonly parts: Parts,
  ) {}

  static async open(parts: Parts): Promise<KnownBrowsers> {
    return new KnownBrowsers(await siteKey(parts, 'known-browsers'), parts);
  }

  /** The entry that shows that this account's person has signed in here before; null when there is none. */
  async markOf(cookie: string | null, accountId: string): Promise<string | null> {
    const entries = cookie?.split('.') ?? [];
    const password = await this.parts.vault.get('password', accountId, this.parts.clock.now());
    const about = meant(accountId, String(password?.value));
    return entries.find((entry) => this.#isFor(entry, about)) ?? null;
  }

  /** The cookie with this account in it, known anew from today on, to whoever signed in by the password of this hash. */
  withAccount(
    cookie: string | null,
    { accountId, password }: { readonly accountId: string; readonly password: string },
  ): string {
    const about = meant(accountId, password);
    const tag = this.#proof(`account\0${accountId}`, tagBytes);
    // Also one that was for an older password.
    const others = (cookie?.split('.') ?? []).filter(
      (entry) => partsOf(entry).id.length > 0 && !partsOf(entry).id.startsWith(tag),
    );
    const id = `${tag}${randomBytes(nonceBytes).toString('base64url')}`;
    return [this.#entry(about, this.#today(), id), ...others].slice(0, accountsKept).join('.');
  }

  #isFor(entry: string, about: string): boolean {
    const { day, id } = partsOf(entry);
    const age = this.#today() - day;
    if (!(age >= 0 && age < knownForDays)) return false;
    const [given, right] = [Buffer.from(entry), Buffer.from(this.#entry(about, day, id))];
    return given.length === right.length && timingSafeEqual(given, right);
  }

  #entry(about: string, day: number, id: string): string {
    return [day.toString(36), id, this.#proof(`known browser\0${about}\0${day}\0${id}`, proofBytes)].join('~');
  }

  #proof(of: string, bytes: number): string {
    return createHmac('sha256', this.key).update(of).digest().subarray(0, bytes).toString('base64url');
  }

  #today(): number {
    return Math.floor(this.parts.clock.now().getTime() / millisecondsOfDay);
  }
}

/** What an entry is for: an account, and a password that it has or had. */
function meant(accountId: string, password: string): string {
  return `${accountId}\0${password}`;
}

function partsOf(entry: string): { readonly day: number; readonly id: string } {
  const [day = '', id = ''] = entry.split('~');
  return { day: Number.parseInt(day, 36), id };
}
