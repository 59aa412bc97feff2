import type { ErasedKey } from '@deskside/domain';
import * as v from 'valibot';
import type { ErasedKeyList } from './second-place';

const schema = v.strictObject({
  subject: v.pipe(v.string(), v.nonEmpty()),
  class: v.picklist(['identity', 'content']),
  item: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
});

const mostNamed = 3;

export function toLine({ subject, class: personalClass, item }: ErasedKey): string {
  return `${JSON.stringify({ subject, class: personalClass, ...(item === undefined ? {} : { item }) })}\n`;
}

interface Origin {
  readonly file: string;
  /** The last line has no line break: a crash came before anybody was told of it. */
  readonly isCutOff: boolean;
}

/** What these lines say. */
export async function keysIn(lines: AsyncIterable<string>, { file, isCutOff }: Origin): Promise<ErasedKeyList> {
  const keys = new Map<string, ErasedKey>();
  const damaged: number[] = [];
  let number = 0;
  for await (const line of lines) {
    number += 1;
    const key = keyOf(line);
    if (key === null) damaged.push(number);
    else keys.set(toLine(key), key);
  }
  if (isCutOff && damaged.at(-1) === number) damaged.pop();
  return { keys: [...keys.values()], damage: damaged.length === 0 ? null : sentence(damaged, file) };
}

function keyOf(line: string): ErasedKey | null {
  try {
    return v.parse(schema, JSON.parse(line));
  } catch {
    return null;
  }
}

function sentence(lines: readonly number[], file: string): string {
  const named = lines.slice(0, mostNamed).join(', ');
  const more = lines.length > mostNamed ? ` and ${lines.length - mostNamed} more` : '';
  const which = lines.length === 1 ? `Line ${named}` : `Lines ${named}${more}`;
  return `${which} of ${file} cannot be read: what is erased by it is not known, and may be readable again.`;
}
