import { TYPE, parse } from '@formatjs/icu-messageformat-parser';
import type { MessageFormatElement, PluralElement } from '@formatjs/icu-messageformat-parser';

export interface MessageParts {
  /** What the message needs to be formatted, sorted. */
  readonly arguments: readonly string[];
  /** Those of them that the reader sees, and that no plural or choice merely goes by. */
  readonly shown: readonly string[];
  /** The plural categories of each plural in it, sorted, without exact ones such as `=0`. */
  readonly plurals: readonly (readonly string[])[];
}

/** What an ICU message is made of. @throws when it cannot be read. */
export function messageParts(message: string): MessageParts {
  const args = new Set<string>();
  const shown = new Set<string>();
  const plurals: string[][] = [];
  collect(parse(message, { ignoreTag: true }), { args, shown, plurals });
  return { arguments: [...args].sort(), shown: [...shown].sort(), plurals };
}

interface Found {
  readonly args: Set<string>;
  readonly shown: Set<string>;
  readonly plurals: string[][];
}

function collect(elements: readonly MessageFormatElement[], found: Found): void {
  for (const element of elements) {
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      found.args.add(element.value);
      if (element.type === TYPE.plural) found.plurals.push(categoriesOf(element));
      for (const option of Object.values(element.options)) collect(option.value, found);
    } else if (!plainParts.has(element.type)) {
      found.args.add(String((element as { value: unknown }).value));
      found.shown.add(String((element as { value: unknown }).value));
    }
  }
}

const plainParts: ReadonlySet<TYPE> = new Set([TYPE.literal, TYPE.pound, TYPE.tag]);

function categoriesOf({ options }: PluralElement): string[] {
  return Object.keys(options)
    .filter((category) => !category.startsWith('='))
    .sort();
}

/** What a message can become, a sentence for each way through its choices; `filled` stands for whatever is put in. */
export function sentencesOf(message: string, filled: string): readonly string[] {
  return spelledOut(parse(message, { ignoreTag: true }), filled);
}

function spelledOut(elements: readonly MessageFormatElement[], filled: string): readonly string[] {
  const waysOf = (element: MessageFormatElement): readonly string[] => {
    if (element.type === TYPE.literal) return [element.value];
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [filled];
    return Object.values(element.options).flatMap(({ value }) => spelledOut(value, filled));
  };
  return elements.reduce<readonly string[]>(
    (before, element) => before.flatMap((start) => waysOf(element).map((end) => start + end)),
    [''],
  );
}
