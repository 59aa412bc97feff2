import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType } from 'graphql';
import type { GraphQLInputType } from 'graphql';
import { post } from '../support/answer';
import { ApiUnderTest } from '../support/api-under-test';
import { committedSchema, customerOperations, fieldsOf, operation, staffOperations } from '../support/operations';
import type { Kind } from '../support/operations';
import { noLimits } from '../support/no-limits';
import { newId, nextAddress } from '../support/people';
import type { Customer, Staff } from '../support/people';
import type { Socket } from '../support/socket';

type Values = Record<string, unknown>;

/** What a value may be that nobody means. */
const wrong: readonly unknown[] = [
  ...['', '\0', '__proto__', 'constructor', 'toString', '\ud83d', '\u202e', 'x'.repeat(20_000)],
  ...['{"erased":true}', 'A0000000-0000-4000-8000-00000000000A'],
  ...[-1, 2_147_483_647, 2_147_483_648, 1e300, true, null, {}, [], [null], [['x']]],
];

/** Wrong passwords make whoever asks wait: all at once, one wait is enough. */
const slowedDown: ReadonlySet<string> = new Set(['signIn', 'changeOwnPassword']);

const atOnce = 8;

let api: ApiUnderTest;
let everybody: Staff;
let ana: Customer;
let known: Values;
beforeAll(async () => {
  api = await ApiUnderTest.start({ limits: noLimits });
  const roles = ['administrator', 'supervisor', 'representative', 'auditor'] as const;
  everybody = await api.colleague(await api.firstAdministrator(), roles);
  const { sessionId, number, participantId } = await everybody.startSession();
  ana = await api.customer().join(number, 'Ana');
  known = { sessionId, number, participantId, accountId: everybody.accountId, locale: 'en', channel: 'phone' };
  await api.upToDate();
});
afterAll(() => api.close());

/** A value of a type that is at least well formed. */
function right(name: string, type: GraphQLInputType): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) return [right(name, bare.ofType)];
  const named = getNamedType(bare);
  if (isInputObjectType(named))
    return Object.fromEntries(
      Object.values(named.getFields()).map((field) => [field.name, right(field.name, field.type)]),
    );
  if (isEnumType(named)) return known[name] ?? named.getValues()[0]?.name;
  const byType: Values = { Int: 0, Boolean: true, ID: newId(), Instant: '2026-11-20T09:00:00.000Z', Position: null };
  return known[name] ?? (named.name in byType ? byType[named.name] : 'x');
}

interface Asked {
  readonly kind: Kind;
  readonly name: string;
  readonly variables: Values;
}

/** Every operation with each of its arguments wrong in every way, the others right. */
function wrongly(endpoint: 'staff' | 'customer'): readonly Asked[] {
  return fieldsOf(committedSchema(endpoint)).flatMap(([kind, { name, args }]) =>
    args.flatMap(({ name: wrongOne, type }) =>
      wrong.flatMap((value) => {
        const rightly = (): Values => Object.fromEntries(args.map((arg) => [arg.name, right(arg.name, arg.type)]));
        return wrongValues(type, value).map((one) => ({ kind, name, variables: { ...rightly(), [wrongOne]: one } }));
      }),
    ),
  );
}

/** The value itself, or an input object with it in each of its fields. */
function wrongValues(type: GraphQLInputType, value: unknown): readonly unknown[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [value];
  return [
    value,
    ...Object.keys(named.getFields()).map((field) => ({ ...(right('', type) as Values), [field]: value })),
  ];
}

async function codeOf(person: Staff | Customer, socket: Socket, { kind, name, variables }: Asked): Promise<string> {
  const operations = person === ana ? customerOperations : staffOperations;
  const { text } = operation(operations, name);
  if (kind === 'subscription') return Promise.race([socket.codeFor(text, variables), quietly(socket)]);
  // From everywhere, as whoever guesses is slowed down.
  const headers = { ...person.headers, 'x-forwarded-for': nextAddress() };
  const { status, code } = await post(person.url, { query: text, variables, headers });
  return status >= 500 ? `${status} ${code}` : code;
}

/** One that was taken may have nothing to tell; a question that is sent behind it has an answer. */
async function quietly(socket: Socket): Promise<string> {
  await socket.codeFor(operation(customerOperations, 'site').text, {});
  return 'quiet';
}

describe.each(['customer', 'staff'] as const)('whatever is sent to the %s endpoint', (endpoint) => {
  it('is answered, never as a fault of ours', async () => {
    const errors = jest.spyOn(api.node.log, 'error');
    const person = endpoint === 'staff' ? everybody : ana;
    const socket = await person.socket();
    const faults: unknown[] = [];
    const ask = async (asked: Asked): Promise<void> => {
      const code = await codeOf(person, socket, asked);
      if (/^5\d\d|INTERNAL/.test(code)) faults.push({ ...asked, code });
    };
    const all = wrongly(endpoint);
    const slowed = all.filter(({ name }) => slowedDown.has(name)).map(ask);
    const others = all.filter(({ name }) => !slowedDown.has(name)).values();
    const oneByOne = async (): Promise<void> => {
      for (const asked of others) await ask(asked);
    };
    await Promise.all([...slowed, ...Array.from({ length: atOnce }, oneByOne)]);
    await socket.close();
    expect(faults).toEqual([]);
    expect(errors).not.toHaveBeenCalled();
  }, 300_000);
});
