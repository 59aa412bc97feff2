import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** What a press of a button calls that sends a command, or opens a dialog that is there for one. */
const writers =
  /\(click\)="(acts\.(?!stop\()|newSession\.ask|inviting\.open|talking\.join|consent\.requestView|erase\(|export\(|pause\(|rebuild\(|markReviewed|save\(\)|confirm\(\)|leave\(\)|withdraw\(|send\(|voice\.hearAndTalk)|type="submit"|\[mat-dialog-close\]="true"/;

/** Buttons that only look like those, each by what stands in it, with the reason. */
const readers = [
  {
    file: 'apps/customer/src/app/audio/voice-panel.html',
    tag: '<button matButton="outlined" type="button" (click)="voice.hearAndTalk()">',
    why: 'Whoever is in the talk already tries the microphone again.',
  },
  {
    file: 'apps/dashboard/src/app/audit/find-sessions/find-sessions-page.html',
    tag: 'type="submit"',
    why: 'It looks.',
  },
  { file: 'apps/dashboard/src/app/erasure/erasure-page.html', tag: 'type="submit"', why: 'It looks for a session.' },
  { file: 'apps/dashboard/src/app/sessions/session-list-page.html', tag: 'type="submit"', why: 'It looks.' },
  {
    file: 'apps/dashboard/src/app/audit/session-history/history-title.html',
    tag: '(click)="erase(customer.id)"',
    why: 'Its dialog shows what would be erased, and holds its own button.',
  },
  {
    file: 'apps/dashboard/src/app/sign-in/sign-in-form.ts',
    tag: 'type="submit"',
    why: 'A read-only site can be read.',
  },
] as const;

const root = join(import.meta.dirname, '../../../../..');
const places = ['apps/dashboard/src/app', 'apps/customer/src/app', 'libs/ui/src'];
const files = places
  .flatMap((place) => globSync(`${place}/**/*.{ts,html}`, { cwd: root }))
  .filter((file) => !file.includes('.spec.'));
interface Button {
  readonly file: string;
  readonly tag: string;
}
const buttons: readonly Button[] = files.flatMap((file) => {
  const tags = readFileSync(join(root, file), 'utf8').match(/<button\b(?:[^>"]|"[^"]*")*>/g) ?? [];
  return tags.map((tag) => ({ file, tag: tag.replace(/\s+/g, ' ') }));
});

describe('buttons by which something is written', () => {
  it('all say so, and so none is pressed for nothing while nothing can be', () => {
    const found = buttons.filter(({ tag }) => writers.test(tag));
    expect(found.length).toBeGreaterThan(50);
    const unheld = found.filter(({ tag }) => !tag.includes('dsWrites'));
    const isExcused = ({ file, tag }: Button): boolean =>
      readers.some((reader) => reader.file === file && tag.includes(reader.tag));
    expect(unheld.filter((button) => !isExcused(button))).toEqual([]);
    // One for each reason: no second button hides behind it, and none is excused that is gone.
    expect(unheld).toHaveLength(readers.length);
  });

  it('are not those by which a person stops being seen or heard', () => {
    const stops = buttons.filter(({ tag }) =>
      /\(click\)="(acts\.)?(stop|talking\.leave|talking\.setMuted|voice\.(setMuted|stopTalking))/.test(tag),
    );
    expect(stops.length).toBeGreaterThan(4);
    expect(stops.filter(({ tag }) => tag.includes('dsWrites'))).toEqual([]);
  });
});
