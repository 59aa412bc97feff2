import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Vault } from '@deskside/vault';
import type { Clock } from '../clock/clock';
import { siteKey } from '../site/site-key';

/** How long a browser is known after the last sign-in there. */
export const knownForDays = 180;
/** Accounts that one browser is known for; the newest ones. */
const accountsKept = 4;
const proofBytes = 16;
const millisecondsOfDay = 86_400_000;

/**
 * Browsers where somebody has signed in before, so that strangers who guess at a password elsewhere do not shut its owner
 * out (OWASP, "Device cookies"). A browser keeps the proof itself, in a cookie: an entry for each account, made of the day
 * and 128 bits of an HMAC-SHA-256 under a key of the vault. It says nothing but that, and opens nothing by itself.
 */
export class KnownBrowsers {
  private constructor(
    private readonly key: Buffer,
    private readonly clock: Clock,
  ) {}

  static async open(parts: { readonly vault: Vault; readonly clock: Clock }): Promise<KnownBrowsers> {
    return new KnownBrowsers(await siteKey(parts, 'known-browsers'), parts.clock);
  }

  /** The entry that shows that this account's person has signed in here before; null when there is none. */
  markOf(cookie: string | null, accountId: string): string | null {
    const entries = cookie?.split('.') ?? [];
    return entries.find((entry) => this.#isFor(entry, accountId)) ?? null;
  }

  /** The cookie with this account in it, known anew from today on. */
  withAccount(cookie: string | null, accountId: string): string {
    const others = (cookie?.split('.') ?? []).filter((entry) => entry !== '' && !this.#isFor(entry, accountId));
    return [this.#entry(accountId, this.#today()), ...others].slice(0, accountsKept).join('.');
  }

  #isFor(entry: string, accountId: string): boolean {
    const day = Number.parseInt(entry.split('-')[0] ?? '', 36);
    const age = this.#today() - day;
    if (!(age >= 0 && age < knownForDays)) return false;
    const [given, right] = [Buffer.from(entry), Buffer.from(this.#entry(accountId, day))];
    return given.length === right.length && timingSafeEqual(given, right);
  }

  #entry(accountId: string, day: number): string {
    const proof = createHmac('sha256', this.key).update(`known browser\0${accountId}\0${day}`).digest();
    return `${day.toString(36)}-${proof.subarray(0, proofBytes).toString('base64url')}`;
  }

  #today(): number {
    return Math.floor(this.clock.now().getTime() / millisecondsOfDay);
  }
}
