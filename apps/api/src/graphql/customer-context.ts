import type { Response } from 'express';
import { refusalError } from '../command-path/outcome';
import type { CustomerCaller } from '../command-path/caller';

export const returnCookie = 'deskside_return';

/** What each operation of the customer endpoint knows of its request. */
export interface CustomerContext {
  readonly caller: CustomerCaller | null;
  readonly returnToken: string | null;
  readonly address: string;
  /** Where the page of whoever asks comes from, if it comes from here. */
  readonly pageOrigin: string | null;
  readonly correlationId: string;
  readonly response: Response | null;
}

/** @throws GraphQLError NOT_SIGNED_IN */
export function admitted(context: CustomerContext): CustomerCaller {
  if (context.caller === null) throw refusalError({ code: 'NOT_SIGNED_IN' });
  return context.caller;
}
