import type { Span } from '../days/day-range';
import type { PlainEvent } from './rows-of-events';

/** The figures of one CSR, counted slowly from the events themselves and in another way than the roll-ups. Milliseconds. */
export interface Recount {
  readonly inSession: number;
  readonly timeInSession: readonly number[];
  readonly firstResponse: readonly number[];
  readonly asked: number;
  readonly granted: number;
  /** Ciphertexts of the versions shown, sorted. */
  readonly notes: readonly string[];
}

interface Stay {
  readonly from: number;
  readonly to: number;
}

const str = (event: PlainEvent, field: string): string => String(event.payload[field]);
const within = ({ from, to }: Span, at: number): boolean => at >= from && at < to;

export function recount(events: readonly PlainEvent[], span: Span, csr: string): Recount {
  const upTo = Math.max(0, ...events.map(({ at }) => at));
  const sessions = [...Map.groupBy(events, ({ stream }) => stream).values()].map((of) => new OneSession(of, csr));
  const ended = sessions.filter(({ endedAt, stays }) => endedAt !== null && within(span, endedAt) && stays.length > 0);
  const asked = sessions.flatMap((session) => session.asked).filter(({ at }) => within(span, at));
  return {
    inSession: covered(
      sessions.flatMap(({ stays }) => stays.map(({ from, to }) => ({ from, to: to ?? upTo }))),
      span,
    ),
    timeInSession: ended.map(({ stays }) => stays.reduce((sum, { from, to }) => sum + ((to ?? upTo) - from), 0)),
    firstResponse: ended.flatMap(({ response }) => (response === null ? [] : [response])),
    asked: asked.length,
    granted: asked.filter(({ granted }) => granted).length,
    notes: sessions.flatMap((session) => session.notesIn(span)).sort(),
  };
}

/** Walks over all the moments at which anything begins or ends. */
function covered(stays: readonly Stay[], span: Span): number {
  const moments = new Set([span.from, span.to, ...stays.flatMap(({ from, to }) => [from, to])]);
  const sorted = [...moments].filter((at) => at >= span.from && at <= span.to).sort((a, b) => a - b);
  return sorted.slice(1).reduce((sum, to, index) => {
    const from = sorted[index] ?? to;
    return stays.some((stay) => stay.from <= from && stay.to >= to) ? sum + (to - from) : sum;
  }, 0);
}

class OneSession {
  readonly stays: readonly { readonly from: number; readonly to: number | null }[];
  readonly endedAt: number | null;
  /** Of this CSR, when his line was the first of all CSRs to a customer after one was there. */
  readonly response: number | null;
  readonly asked: readonly { readonly at: number; readonly granted: boolean }[];
  readonly #events: readonly PlainEvent[];
  readonly #csr: string;

  constructor(events: readonly PlainEvent[], csr: string) {
    this.#events = events;
    this.#csr = csr;
    this.endedAt = this.#ofType('SessionEnded')[0]?.at ?? null;
    const joined = this.#ofType('ParticipantJoined');
    const serving = joined.filter((event) => str(event, 'role').endsWith('Representative'));
    const own = serving.filter((event) => str(event, 'personId') === csr);
    this.stays = own.map((event) => ({ from: event.at, to: this.#leftAt(str(event, 'participantId')) }));
    this.response = this.#responseBy(own, serving);
    this.asked = this.#ofType('PermissionRequested')
      .filter((event) => own.some((mine) => str(mine, 'participantId') === str(event, 'requestedBy')))
      .map((event) => ({ at: event.at, granted: this.#isGranted(str(event, 'requestId')) }));
  }

  notesIn(span: Span): readonly string[] {
    const saved = this.#ofType('NoteSaved').filter((e) => str(e, 'authorId') === this.#csr && within(span, e.at));
    const latest = new Map(saved.map((event) => [str(event, 'noteId'), event]));
    return [...latest.values()].map((event) => (event.payload['text'] as { ciphertext: string }).ciphertext);
  }

  #leftAt(participantId: string): number | null {
    const gone = this.#ofType('ParticipantLeft', 'ParticipantRemoved');
    return gone.find((event) => str(event, 'participantId') === participantId)?.at ?? this.endedAt;
  }

  #responseBy(own: readonly PlainEvent[], serving: readonly PlainEvent[]): number | null {
    const request = this.#events.findIndex(({ payload }) => payload['role'] === 'primaryCustomer');
    if (request < 0) return null;
    const staff = new Set(serving.map((event) => str(event, 'participantId')));
    const first = this.#events
      .slice(request)
      .find((e) => e.type === 'ChatMessageSent' && staff.has(str(e, 'authorId')) && !staff.has(str(e, 'to')));
    const isOwn = own.some((mine) => first !== undefined && str(mine, 'participantId') === str(first, 'authorId'));
    return first !== undefined && isOwn ? first.at - (this.#events[request]?.at ?? 0) : null;
  }

  #isGranted(requestId: string): boolean {
    return this.#ofType('PermissionGranted').some((event) => str(event, 'requestId') === requestId);
  }

  #ofType(...types: readonly string[]): readonly PlainEvent[] {
    return this.#events.filter(({ type }) => types.includes(type));
  }
}
