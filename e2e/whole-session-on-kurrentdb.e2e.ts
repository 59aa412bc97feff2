import { afterAll } from '@jest/globals';
import { KurrentDbDouble } from '@deskside/event-store/kurrentdb/double';
import { wholeSession } from './stories/whole-session';
import { removeAllDesksides, startDeskside } from './support/deskside';

let double: KurrentDbDouble | undefined;

wholeSession('A whole session with its log on KurrentDB', async () => {
  double = await KurrentDbDouble.start();
  return startDeskside({ DESKSIDE_LOG: double.connectionString });
});

afterAll(async () => {
  // The server first: it would wait for its log.
  await removeAllDesksides();
  await double?.close();
});
