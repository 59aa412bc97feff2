import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A text as it could stand in a file: plain, in UTF-16, or inside a longer base64 text in any of its three alignments. */
function formsOf(text: string): readonly Buffer[] {
  const utf8 = Buffer.from(text);
  const base64 = [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), utf8])
      .toString('base64')
      .replace(/=+$/, '');
    // Characters that share bits with what stands before or behind are not certain.
    const certain = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + utf8.length) * 8) / 6));
    return [certain, certain.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const spoken = [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    text.toLowerCase(),
    text.normalize('NFD'),
  ];
  return [...new Set([...spoken, ...base64, utf8.toString('hex'), utf8.toString('hex').toUpperCase()])]
    .map((form) => Buffer.from(form))
    .concat(Buffer.from(text, 'utf16le'));
}

export interface Found {
  readonly file: string;
  readonly text: string;
}

export interface Search {
  readonly files: number;
  readonly bytes: number;
  readonly found: readonly Found[];
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    lstatSync(join(folder, name)).isFile(),
  );
}

/** Looks for each text, or each row of bytes, in every byte of every file below a folder; sockets aside. */
export function searchFolder(folder: string, wanted: Readonly<Record<string, string | Uint8Array>>): Search {
  const needles = Object.entries(wanted).map(([name, text]) => ({
    name,
    forms: typeof text === 'string' ? formsOf(text) : [Buffer.from(text)],
  }));
  let bytes = 0;
  const files = filesIn(folder);
  const found = files.flatMap((file) => {
    const content = readFileSync(join(folder, file));
    bytes += content.length;
    return needles
      .filter(({ forms }) => forms.some((form) => content.includes(form)))
      .map(({ name }): Found => ({ file, text: name }));
  });
  return { files: files.length, bytes, found };
}

/** The same in what a process has said. */
export function searchText(said: string, wanted: Readonly<Record<string, string>>): readonly string[] {
  const content = Buffer.from(said);
  return Object.entries(wanted)
    .filter(([, text]) => formsOf(text).some((form) => content.includes(form)))
    .map(([name]) => name);
}
