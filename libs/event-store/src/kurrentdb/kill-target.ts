// The process that the kill test ends in mid-append:
// node --import tools/resolve-ts.mjs kill-target.ts <address> <seed> <prefix of its streams>
import { appendUntilKilled } from '../contract/append-until-killed';
import { SealedStream } from '../contract/sealed-stream';
import { openKurrentEventStore } from './kurrent-event-store';

const [connectionString = '', seed = '0', prefix = ''] = process.argv.slice(2);
SealedStream.prefix = prefix;
await appendUntilKilled(await openKurrentEventStore({ connectionString }), Number(seed));
