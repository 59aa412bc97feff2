import type { Response } from 'express';
import { refusalError } from '../command-path/outcome';
import type { StaffCaller } from '../command-path/caller';

export const signInCookie = 'deskside_sign_in';
/** Who has signed in at this browser before. */
export const browserCookie = 'deskside_browser';

/** What each operation of the staff endpoint knows of its request. */
export interface StaffContext {
  readonly caller: StaffCaller | null;
  readonly token: string | null;
  readonly browserToken: string | null;
  readonly address: string;
  /** Where the page of whoever asks comes from, if it comes from here. */
  readonly pageOrigin: string | null;
  readonly correlationId: string;
  /** Only over HTTP: cookies can be set there. */
  readonly response: Response | null;
}

/** @throws GraphQLError NOT_SIGNED_IN */
export function signedIn(context: StaffContext): StaffCaller {
  if (context.caller === null) throw refusalError({ code: 'NOT_SIGNED_IN' });
  return context.caller;
}
