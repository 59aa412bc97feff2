// The process that the kill test ends in mid-append: node --import tools/resolve-ts.mjs kill-target.ts <file> <seed>
import { appendUntilKilled } from '../contract/append-until-killed';
import { openSqliteEventStore } from './sqlite-event-store';

const [file = '', seed = '0'] = process.argv.slice(2);
await appendUntilKilled(await openSqliteEventStore({ file }), Number(seed));
