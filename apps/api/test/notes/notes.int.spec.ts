import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accept, supportSession, UnsealedText } from '@deskside/domain';
import type { Answer } from '../support/answer';
import { ApiUnderTest, GivenClock } from '../support/api-under-test';
import { newId } from '../support/people';
import type { Staff } from '../support/people';
import { SharedScreen } from '../support/shared-screen';

const clock = new GivenClock();
let api: ApiUnderTest;
let csr: Staff;
let colleague: Staff;
let session: SharedScreen;

beforeAll(async () => {
  api = await ApiUnderTest.start({ clock });
  const administrator = await api.firstAdministrator();
  csr = await api.colleague(administrator, ['representative']);
  colleague = await api.colleague(administrator, ['representative']);
});
afterAll(() => api.close());
beforeEach(async () => {
  session = await SharedScreen.begin(api, csr);
});

function save(noteId: string, basedOn: number, text: string, who = csr): Promise<Answer> {
  return who.ask('saveNote', { commandId: newId(), sessionId: session.sessionId, noteId, basedOn, text });
}

/** No command lets a second representative in yet; the log has an event for it. */
async function colleagueComes(): Promise<string> {
  const participantId = newId();
  const personId = colleague.accountId;
  const name = new UnsealedText('Mira', { subject: `representative-${personId}`, class: 'identity' });
  const payload = { participantId, role: 'assistingRepresentative', personId, name } as const;
  const arrival = { ...supportSession, decide: () => accept({ type: 'ParticipantJoined', payload } as const) };
  const caller = { kind: 'system', id: api.node.bootId, correlationId: newId() } as const;
  const about = { stream: `supportSession-${session.sessionId}` as never, caller, commandId: newId() };
  await api.node.commands.handle(arrival, about, { type: 'LeaveSession', payload: { participantId } });
  return participantId;
}

async function versionsOf(noteId: string): Promise<number | undefined> {
  return (await api.node.sessions.find(session.sessionId))?.notes[noteId]?.versions.length;
}

describe('a note', () => {
  it('is kept with all its versions, and shown to representatives only', async () => {
    const noteId = newId();
    const [atCsr, atAna] = [await csr.socket(), await session.ana.socket()];
    const seen = csr.sessionFeed(atCsr, session.sessionId);
    session.ana.sessionFeed(atAna);
    expect((await save(noteId, 0, 'Printer-Quince is offline')).code).toBe('ok');
    expect((await save(noteId, 1, 'Printer-Quince is online again')).code).toBe('ok');
    const { events } = await seen.until((batch) => batch.events.some(({ payload }) => payload['version'] === 2));
    expect(events.at(-1)).toMatchObject({
      type: 'NoteSaved',
      payload: { noteId, version: 2, authorId: csr.accountId, text: 'Printer-Quince is online again' },
    });
    await session.ana.say('A line that comes after both');
    await seen.until((batch) => batch.events.some(({ type }) => type === 'ChatMessageSent'));
    expect(await versionsOf(noteId)).toBe(2);
    expect(atAna.received).not.toContain('Quince');
    await atCsr.close();
    await atAna.close();
  });

  it('saved from two windows is not overwritten: the second is told which version there is', async () => {
    const noteId = newId();
    await save(noteId, 0, 'First');
    const [one, other] = [await save(noteId, 1, 'From one window'), await save(noteId, 1, 'From the other')];
    expect(one.code).toBe('ok');
    expect(other.errors[0]?.extensions).toMatchObject({ code: 'NOTE_CHANGED', details: { version: 2 } });
    expect((await save(noteId, 2, 'Both, put together')).code).toBe('ok');
    expect(await versionsOf(noteId)).toBe(3);
  });

  it('saved from two windows at the same time is saved once', async () => {
    const noteId = newId();
    const answers = await Promise.all([save(noteId, 0, 'One'), save(noteId, 0, 'Other')]);
    expect(answers.map(({ code }) => code).sort()).toEqual(['NOTE_CHANGED', 'ok']);
    expect(await versionsOf(noteId)).toBe(1);
  });

  it.each([
    ['NOTE_EMPTY', ' \n\u0000 '],
    ['NOTE_TOO_LONG', '\u{1f5a8}'.repeat(8001)],
  ])('without a fit text is %s, and nothing of it is written', async (code, text) => {
    const noteId = newId();
    expect((await save(noteId, 0, text)).code).toBe(code);
    expect(await versionsOf(noteId)).toBeUndefined();
  });

  it('has an id and a version of its own kind', async () => {
    const refused = [await save('constructor', 0, 'Text'), await save(newId(), -1, 'Text')];
    expect(refused.map(({ errors }) => errors[0]?.extensions)).toMatchObject([
      { code: 'INPUT_INVALID', details: { field: 'note.noteId' } },
      { code: 'INPUT_INVALID', details: { field: 'note.basedOn' } },
    ]);
  });

  it('is its writer\u2019s: a colleague in the same session writes his own', async () => {
    const noteId = newId();
    await save(noteId, 0, 'Mine');
    expect((await save(noteId, 1, 'His', colleague)).code).toBe('SESSION_NOT_FOUND');
    await colleagueComes();
    expect((await save(noteId, 1, 'His', colleague)).code).toBe('NOTE_NOT_YOURS');
    expect((await save(newId(), 0, 'His own', colleague)).code).toBe('ok');
  });

  it('stands in no byte of the log in the clear', async () => {
    await save(newId(), 0, 'Planted-Rambutan');
    const [last] = (await api.events()).filter(({ type }) => type === 'NoteSaved').slice(-1);
    expect(JSON.stringify(last?.payload)).not.toContain('Rambutan');
    expect(last?.payload['text']).toMatchObject({ class: 'content', subject: `supportSession-${session.sessionId}` });
  });
});

describe('after the end', () => {
  it('notes are written for fifteen minutes, and not a moment longer', async () => {
    const noteId = newId();
    await session.byCsr('endSession');
    clock.pass({ minutes: 14, seconds: 59 });
    expect((await save(noteId, 0, 'What was done')).code).toBe('ok');
    clock.pass({ seconds: 1 });
    expect((await save(noteId, 1, 'Too late')).code).toBe('NOTES_CLOSED');
    expect((await save(newId(), 0, 'Too late')).code).toBe('NOTES_CLOSED');
    expect(await versionsOf(noteId)).toBe(1);
  });

  it('everything else stays refused', async () => {
    await session.byCsr('endSession');
    for (const [name, more] of [
      ['sendChatMessage', { to: 'all', text: 'Hello' }],
      ['requestPermission', { capability: 'desktop', access: 'view' }],
      ['joinAudio', { muted: false }],
    ] as const)
      expect((await session.byCsr(name, more)).code).toBe('SESSION_ENDED');
  });

  it('a representative who had left before may write too, and do nothing else', async () => {
    const participantId = await colleagueComes();
    const caller = { kind: 'system', id: api.node.bootId, correlationId: newId() } as const;
    const { sessionId } = session;
    await api.node.sessions.handle(
      { sessionId, caller, commandId: newId() },
      { type: 'LeaveSession', payload: { participantId } },
    );
    expect((await save(newId(), 0, 'Handed over', colleague)).code).toBe('ok');
    await session.byCsr('endSession');
    expect((await save(newId(), 0, 'One thing more', colleague)).code).toBe('ok');
    expect((await colleague.ask('endSession', { commandId: newId(), sessionId })).code).toBe('SESSION_NOT_FOUND');
  });

  it('whoever never was in it finds no session, neither open nor ended', async () => {
    expect((await save(newId(), 0, 'Text', colleague)).code).toBe('SESSION_NOT_FOUND');
    await session.byCsr('endSession');
    expect((await save(newId(), 0, 'Text', colleague)).code).toBe('SESSION_NOT_FOUND');
  });
});
