import type { ApolloServerPlugin } from '@apollo/server';
import type { Response } from 'express';
import type { RefusalCode } from '@deskside/domain';
import { delayRefusal } from '../limits/delay-refusal';
import type { Limits } from '../limits/limits';

interface Asker {
  readonly address: string;
  readonly response: Response | null;
}

const tooMany: RefusalCode = 'TOO_MANY_REQUESTS';

/**
 * A command or question that is refused because there were too many is refused as late as a request is, so that a program
 * that asks again at once costs little.
 */
export function slowRefusals(limits: Limits): ApolloServerPlugin<Asker> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response: { body }, contextValue: { address, response } }) => {
        const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
        if (!errors.some(({ extensions }) => extensions?.['code'] === tooMany)) return;
        await new Promise<void>((resolve) =>
          delayRefusal(limits, address, resolve, (end) => {
            response?.once('close', () => {
              end();
              resolve();
            });
          }),
        );
      },
    }),
  };
}
