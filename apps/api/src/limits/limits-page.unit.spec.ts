import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chatTextLimit, invitationLimit, noteLimit, resendLimit, waitingLimit } from '@deskside/domain';
import { describe, expect, it } from '@jest/globals';
import { limits as endpointLimits } from '../graphql/endpoint-limits';
import { mostFragments, partingTime } from '../graphql/endpoint-sockets';
import { mostUnread, pingEvery } from '../graphql/graphql-socket';
import { helloBytes } from '../graphql/socket-hold';
import { mailboxLimit } from '../live-feed/mailbox';
import { batchCharacters, batchEvents } from '../live-feed/session-feed';
import { charactersKept, eventsKept, keptFor } from '../live-feed/stream-histories';
import { loweringsAtOnce } from '../media/room-keeper';
import { mostInRoom, mostOfParticipant } from '../media/signalling-places';
import { knownForDays } from '../sign-in/known-browsers';
import { firstWait, guessersKept, longestWait } from './failed-attempts';
import { guesses, holdings, passwordsAtOnce, passwordsWaiting, rates, strangers } from './limits';
import { bucketsKept } from './rates';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/operating/limits.md'), 'utf8');
const cells = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const rowNamed = (name: string): readonly string[] => cells.find((row) => row.includes(`\`${name}\``)) ?? [];
const figure = (value: number): string => value.toLocaleString('en');

const words = page.replaceAll(/\s+/g, ' ');
const numbers = ['No', 'One', 'Two', 'Three', 'Four'];

describe('the page of limits', () => {
  it.each(Object.entries({ ...holdings, ...strangers }))('says how many: %s', (name, most) => {
    expect(rowNamed(name)).toContain(figure(most));
  });

  it.each(Object.entries(rates))('says how often: %s', (name, { burst, perSecond }) => {
    const then = perSecond < 1 ? `1 in ${1 / perSecond} seconds` : `${figure(perSecond)} a second`;
    expect(rowNamed(name)).toContain(`${figure(burst)} at once, then ${then}`);
  });

  it.each(Object.entries(guesses))('says how many may be wrong: %s', (name, { most, slowFrom, windowSeconds }) => {
    expect(rowNamed(name)).toEqual(expect.arrayContaining([`${slowFrom}`, most === Infinity ? 'never' : `${most}`]));
    expect(windowSeconds).toBe(15 * 60);
  });

  it('names no limit that there is not', () => {
    const named = cells.flatMap((row) => /^`(\w+)`$/.exec(row.at(-2) ?? '')?.[1] ?? []);
    const known = [holdings, strangers, rates, guesses].flatMap((named) => Object.keys(named));
    expect(named.filter((name) => /[a-z]/.test(name)).toSorted()).toEqual(known.toSorted());
  });

  it('says what the rules and the brake on guessing say', () => {
    for (const sentence of [
      `| ${figure(waitingLimit)} `,
      `${invitationLimit}, each sent again ${resendLimit} times`,
      `${figure(chatTextLimit)} characters`,
      `${figure(noteLimit)} characters`,
      `within ${knownForDays} days`,
      `the latest ${figure(guessersKept)} are`,
      `the latest ${figure(bucketsKept)} callers`,
      'for a quarter of an hour',
      `next wait ${firstWait} ms, and each further one twice as long, up to ${longestWait / 1000} s`,
      `${numbers[passwordsAtOnce]} passwords are looked at at a time; of one address at most ${passwordsWaiting} wait`,
    ])
      expect(words).toContain(sentence);
  });

  it('says what one message, one feed and one participant of a talk may be', () => {
    for (const sentence of [
      `One request or message | ${endpointLimits.bodyBytes / 1024} KiB`,
      `have not said whose they are, ${helloBytes / 1024} KiB each`,
      `at most ${batchEvents} events or ${batchCharacters / 1024} KiB`,
      `at most ${figure(mailboxLimit)} events wait`,
      `a ping within ${pingEvery / 1000} seconds is cut, and one for which more than ${mostUnread / 2 ** 20} MiB wait unread`,
      `in at most ${mostFragments} fragments, and whoever is told goodbye has ${partingTime / 1000} second to answer`,
      `kept for ${keptFor / 1000} seconds, at most ${figure(eventsKept)} events and ${charactersKept / 2 ** 20} million characters`,
      `a participant | ${mostOfParticipant} of each`,
      `The same | a session | ${mostInRoom} |`,
      `1 timer, ${loweringsAtOnce} at work`,
    ])
      expect(words).toContain(sentence);
  });
});
