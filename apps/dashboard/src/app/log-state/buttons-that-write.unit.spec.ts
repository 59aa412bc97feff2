import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** What a press of a button calls that sends a command, or opens a dialog that is there for one. */
const writers =
  /\(click\)="(acts\.(?!stop\()|newSession\.ask|inviting\.open|talking\.join|consent\.requestView|erase\(|pause\(|rebuild\(|markReviewed|save\(\)|confirm\(\)|leave\(\)|withdraw\(|send\(|voice\.hearAndTalk)|type="submit"/;
/** They ask or sign in, open a dialog that says so itself, or try a microphone again. */
const readers: ReadonlySet<string> = new Set([
  'customer/src/app/audio/voice-panel.html',
  'dashboard/src/app/audit/find-sessions/find-sessions-page.html',
  'dashboard/src/app/audit/session-history/history-title.html',
  'dashboard/src/app/erasure/erasure-page.html type="submit"',
  'dashboard/src/app/sessions/session-list-page.html',
  'dashboard/src/app/sign-in/sign-in-form.ts',
]);

const apps = join(import.meta.dirname, '../../../..');
const files = globSync('{dashboard,customer}/src/app/**/*.{ts,html}', { cwd: apps }).filter(
  (f) => !f.includes('.spec.'),
);
const buttons = files.flatMap((file) => {
  const tags = readFileSync(join(apps, file), 'utf8').match(/<button\b(?:[^>"]|"[^"]*")*>/g) ?? [];
  return tags.map((tag) => ({ file, tag: tag.replace(/\s+/g, ' ') }));
});

describe('buttons by which something is written', () => {
  it('all say so, and so none is pressed for nothing while nothing can be', () => {
    const found = buttons.filter(({ tag }) => writers.test(tag));
    expect(found.length).toBeGreaterThan(50);
    const isReader = ({ file, tag }: { file: string; tag: string }): boolean =>
      readers.has(file) || (tag.includes('type="submit"') && readers.has(`${file} type="submit"`));
    expect(found.filter((button) => !button.tag.includes('dsWrites') && !isReader(button))).toEqual([]);
  });

  it('are not those by which a person stops being seen or heard', () => {
    const stops = buttons.filter(({ tag }) =>
      /\(click\)="(acts\.)?(stop|talking\.leave|talking\.setMuted|voice\.(setMuted|stopTalking))/.test(tag),
    );
    expect(stops.length).toBeGreaterThan(4);
    expect(stops.filter(({ tag }) => tag.includes('dsWrites'))).toEqual([]);
  });
});
