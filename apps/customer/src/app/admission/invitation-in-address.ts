import { Injectable } from '@angular/core';

/** What a link of an invitation carries: its secret, and the language in which the text was written. */
export interface InvitationLink {
  readonly token: string;
  readonly locale: string | null;
}

/** Reads the link out of the query of an address; null for an ordinary one. */
export function invitationIn(search: string): InvitationLink | null {
  const query = new URLSearchParams(search);
  const token = query.get('invitation')?.trim();
  return token === undefined || token === '' ? null : { token, locale: query.get('lang') };
}

/** The session that a link belongs to: the first 16 of its bytes are its id. null: this is no link of ours. */
export function sessionOfLink(token: string): string | null {
  const bytes = bytesOf(token);
  if (bytes === null || bytes.length !== 48) return null;
  const hex = [...bytes.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function bytesOf(token: string): Uint8Array | null {
  try {
    const letters = atob(token.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

const stateKey = 'desksideInvitation';

/**
 * The invitation by which this page was opened. Its secret is taken out of the address at once, so that it is not read
 * over a shoulder, copied with the address or kept in a bookmark; the page's own history entry keeps it over a reload.
 */
@Injectable({ providedIn: 'root' })
export class InvitationInAddress {
  take(): InvitationLink | null {
    const found = invitationIn(location.search);
    if (found === null) return kept();
    history.replaceState({ [stateKey]: found }, '', location.pathname + location.hash);
    return found;
  }

  forget(): void {
    history.replaceState(null, '', location.pathname + location.hash);
  }
}

function kept(): InvitationLink | null {
  const state: unknown = history.state;
  const found = typeof state === 'object' && state !== null && stateKey in state ? state[stateKey] : null;
  return isLink(found) ? found : null;
}

function isLink(value: unknown): value is InvitationLink {
  return typeof value === 'object' && value !== null && 'token' in value && typeof value.token === 'string';
}
