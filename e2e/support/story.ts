import { it } from '@jest/globals';

type Step = (name: string, act: () => Promise<void>) => void;

/** Tests that follow from one another: after one that failed the later ones say so at once instead of waiting in vain. */
export function story(): Step {
  let broken = false;
  return (name, act) => {
    it(name, async () => {
      if (broken) throw new Error('A step before this one failed.');
      broken = true;
      await act();
      broken = false;
    });
  };
}

/** What a page may complain about while the server or the media server is gone. */
export const whileGone = [
  ...[/ERR_CONNECTION/, /WebSocket/, /Failed to fetch/, /status of \d/],
  // livekit-client, while it looks for its server and room.
  ...[/websocket|signal|reconnect/i, /room does not exist|leave request/],
];
