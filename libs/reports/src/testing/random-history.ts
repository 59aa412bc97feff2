import fc from 'fast-check';
import type { PlainEvent } from './rows-of-events';

export const csrs = ['csr-a', 'csr-b', 'csr-c'] as const;

/** One thing that happens in a session, so many seconds after the one before. */
interface Step {
  readonly what: (typeof kinds)[number];
  readonly after: number;
  readonly who: number;
}

const kinds = [
  ...(['csrComes', 'csrGoes', 'customerComes', 'customerGoes', 'reconnect', 'lineOfCsr', 'lineOfCsr'] as const),
  ...(['whisper', 'lineOfCustomer', 'ask', 'ask', 'grant', 'grant', 'resume', 'deny', 'note', 'noteAgain'] as const),
] as const;

interface Plan {
  readonly begins: number;
  readonly owner: number;
  readonly steps: readonly Step[];
  /** Seconds after the last step; null: it goes on. */
  readonly ends: number | null;
  readonly noteAfterwards: boolean;
}

const seconds = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 900 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 60, 300, 900, 1800) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40_000 }) },
);

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(...kinds),
  after: seconds,
  who: fc.integer({ min: 0, max: 8 }),
});

function plan(from: number, to: number): fc.Arbitrary<Plan> {
  return fc.record({
    begins: fc.integer({ min: 0, max: (to - from) / 1000 }).map((second) => from + second * 1000),
    owner: fc.nat({ max: 2 }),
    steps: fc.array(step, { maxLength: 14 }),
    ends: fc.option(seconds, { freq: 5 }),
    noteAfterwards: fc.boolean(),
  });
}

/** What happened on a site between two times: several CSRs, sessions beside each other, some of them still open. */
export function history(from: number, to: number): fc.Arbitrary<readonly PlainEvent[]> {
  return fc
    .array(plan(from, to), { maxLength: 6 })
    .map((plans) => plans.flatMap((of, n) => new PlayedSession(n, of).events).toSorted((a, b) => a.at - b.at));
}

/** Plays a plan the way the domain would let it go: what is impossible does not happen. */
class PlayedSession {
  readonly events: PlainEvent[] = [];
  readonly #stream: string;
  readonly #inside = new Map<string, { personId: string; serves: boolean }>();
  readonly #requests = new Map<string, 'open' | 'granted' | 'denied'>();
  readonly #notes = new Map<string, { versions: number; author: string }>();
  #now: number;
  #ids = 0;
  #primary = false;

  constructor(n: number, { begins, owner, steps, ends, noteAfterwards }: Plan) {
    this.#stream = `supportSession-s${n}`;
    this.#now = begins;
    const number = String(100_000_000 + n);
    this.#write('SessionStarted', { number, representativeId: csrs[owner] });
    this.#join('primaryRepresentative', csrs[owner] ?? 'csr-a');
    for (const { what, after, who } of steps) {
      this.#now += after * 1000;
      this.#do(what, who);
    }
    if (ends !== null) this.#end(ends, noteAfterwards);
  }

  #end(after: number, noteAfterwards: boolean): void {
    this.#now += after * 1000;
    this.#write('SessionEnded', { reason: 'endedByRepresentative', by: null });
    this.#now += 60_000;
    if (noteAfterwards) this.#do('note', 0);
    if (noteAfterwards) this.#do('noteAgain', 0);
  }

  #do(what: Step['what'], who: number): void {
    switch (what) {
      case 'csrComes': {
        const csr = csrs[who % 3] ?? 'csr-a';
        const isIn = [...this.#inside.values()].some(({ personId }) => personId === csr);
        return isIn ? undefined : this.#join('assistingRepresentative', csr);
      }
      case 'csrGoes':
        return this.#go(who, true);
      case 'customerComes':
        this.#join(this.#primary ? 'secondaryCustomer' : 'primaryCustomer', `customer-${this.#stream}-${this.#ids}`);
        this.#primary = true;
        return;
      case 'customerGoes':
        return this.#go(who, false);
      case 'reconnect':
        return this.#of(who, who % 2 === 0, (participantId) => {
          this.#write('ParticipantDisconnected', { participantId });
          this.#now += 20_000;
          this.#write('ParticipantReturned', { participantId });
        });
      case 'lineOfCsr':
        return this.#of(who, true, (authorId) => this.#say(authorId, 'all'));
      case 'lineOfCustomer':
        return this.#of(who, false, (authorId) => this.#say(authorId, 'all'));
      case 'whisper':
        return this.#of(who, true, (authorId) => this.#of(who, who % 2 === 0, (to) => this.#say(authorId, to)));
      default:
        return this.#help(what, who);
    }
  }

  #help(what: 'ask' | 'grant' | 'resume' | 'deny' | 'note' | 'noteAgain', who: number): void {
    switch (what) {
      case 'ask':
        return this.#of(who, true, (requestedBy) => {
          const requestId = this.#id('q');
          this.#requests.set(requestId, 'open');
          this.#write('PermissionRequested', { requestId, requestedBy });
        });
      case 'grant':
        return this.#answer('open', 'granted', { resumes: null });
      case 'resume':
        return this.#answer('granted', 'granted', { resumes: 'g-before' });
      case 'deny':
        return this.#answer('open', 'denied');
      case 'note':
        return this.#of(who, true, (_id, author) => {
          const noteId = this.#id('n');
          this.#notes.set(noteId, { versions: 0, author });
          this.#saveNote(noteId);
        });
      case 'noteAgain':
        return [...this.#notes.keys()].slice(-1).forEach((noteId) => this.#saveNote(noteId));
    }
  }

  #answer(from: 'open' | 'granted', to: 'granted' | 'denied', grant: Record<string, unknown> = {}): void {
    const [requestId] = [...this.#requests].find(([, status]) => status === from) ?? [];
    if (requestId === undefined) return;
    this.#requests.set(requestId, to);
    const type = to === 'granted' ? 'PermissionGranted' : 'PermissionDenied';
    this.#write(type, { requestId, grantId: this.#id('g'), ...grant });
  }

  #saveNote(noteId: string): void {
    const note = this.#notes.get(noteId);
    if (note === undefined) return;
    note.versions += 1;
    const text = { subject: this.#stream, class: 'content', nonce: 'n', ciphertext: `${noteId}.${note.versions}` };
    this.#write('NoteSaved', { noteId, version: note.versions, authorId: note.author, text });
  }

  #say(authorId: string, to: string): void {
    this.#write('ChatMessageSent', { messageId: this.#id('m'), authorId, to, text: 'sealed' });
  }

  #join(role: string, personId: string): void {
    const participantId = this.#id('p');
    this.#inside.set(participantId, { personId, serves: role.endsWith('Representative') });
    this.#write('ParticipantJoined', { participantId, role, personId, name: 'sealed' });
  }

  #go(who: number, serves: boolean): void {
    this.#of(who, serves, (participantId) => {
      this.#inside.delete(participantId);
      this.#write(who % 2 === 0 ? 'ParticipantLeft' : 'ParticipantRemoved', { participantId });
    });
  }

  #of(who: number, serves: boolean, act: (participantId: string, personId: string) => void): void {
    const some = [...this.#inside].filter(([, person]) => person.serves === serves);
    const chosen = some[who % Math.max(1, some.length)];
    if (chosen !== undefined) act(chosen[0], chosen[1].personId);
  }

  #id(kind: string): string {
    this.#ids += 1;
    return `${this.#stream}-${kind}${this.#ids}`;
  }

  #write(type: string, payload: Readonly<Record<string, unknown>>): void {
    this.events.push({ stream: this.#stream, type, at: this.#now, payload });
  }
}
