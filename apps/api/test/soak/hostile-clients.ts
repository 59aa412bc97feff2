// A process of its own: clients who mean no good, for as long as it lives.
import { setTimeout as pause } from 'node:timers/promises';
import { Customer, newId, Staff } from '../support/people';
import { RawConnection } from '../support/raw-connection';
import { Chance } from './chance';
import type { Hostile } from './hostile';

const { origin, seed, email, bearer } = JSON.parse(process.argv[2] ?? '{}') as Hostile;
const chance = new Chance(seed);

/** Says that much is to come, and sends a byte of it now and then. */
async function requestWithoutEnd(): Promise<void> {
  const connection = new RawConnection(origin);
  const head = ['POST /graphql/customer HTTP/1.1', `host: ${new URL(origin).host}`, 'x-forwarded-for: 127.0.0.66'];
  connection.write([...head, 'content-type: application/json', 'content-length: 60000', '', '{'].join('\r\n'));
  let isOpen = true;
  void connection.closed.then(() => (isOpen = false));
  while (isOpen) {
    await pause(1000);
    connection.write(' ');
  }
}

async function manyConnections(): Promise<void> {
  const connections = Array.from({ length: 200 }, () => new RawConnection(origin));
  await pause(chance.between(500, 3000));
  for (const connection of connections) connection.cut();
}

async function guessNumber(): Promise<void> {
  const guesser = new Customer(origin);
  for (let n = 0; n < 40; n++)
    await guesser.ask('joinByNumber', {
      commandId: newId(),
      number: String(chance.whole(100_000_000, 999_999_999)),
      name: 'Mallory',
    });
}

async function guessPassword(): Promise<void> {
  const guesser = new Staff(origin);
  for (let n = 0; n < 40; n++) await guesser.ask('signIn', { email, password: chance.letters(20) });
}

/** Somebody who was let in opens feeds and reads nothing of them. */
async function feedsThatDoNotRead(): Promise<void> {
  const customer = new Customer(origin);
  customer.bearer = bearer;
  const socket = await customer.socket();
  for (let n = 0; n < 30; n++) customer.sessionFeed(socket);
  socket.pause();
  await Promise.race([socket.closed, pause(10_000)]);
  socket.cut();
}

async function longLines(): Promise<void> {
  const customer = new Customer(origin);
  customer.bearer = bearer;
  for (let n = 0; n < 100; n++)
    await customer.ask('sendChatMessage', { commandId: newId(), to: 'all', text: 'x'.repeat(3900) });
}

async function forEver(act: () => Promise<void>): Promise<never> {
  for (;;) {
    // The server is away, or does not want it: that is what they are here for.
    await act().catch(() => undefined);
    await pause(200);
  }
}

for (const act of [manyConnections, guessNumber, guessPassword, feedsThatDoNotRead, longLines]) void forEver(act);
for (let n = 0; n < 50; n++) void forEver(requestWithoutEnd);
process.on('disconnect', () => process.exit(0));
