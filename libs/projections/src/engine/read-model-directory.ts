import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepFile, readKeptJson } from '@deskside/kept-file';
import type { OnDamagedFile } from '@deskside/kept-file';
import * as v from 'valibot';
import type { Projection } from './projection';
import { ProjectionFile } from './projection-file';
import type { FoundFile } from './projection-file';
import { readModelsFolder } from './read-models-folder';

/** `sessions.v1.g3.db`: the third file of version 1. A generation is never used twice: a stray -wal would be replayed. */
const pattern = /^(?<name>[a-z-]+)\.v(?<version>\d+)\.g(?<generation>\d+)\.db(?:-wal|-shm|-journal|-spoilt)?$/;

/** Bytes whose pages a start looks through before it answers, some 30 ms; the rest is looked through afterwards. */
const CHECKED_AT_START = 16 * 1024 * 1024;

/** The file of a projection at the start. `spoilt`: why it is empty and another one has to be made. */
export interface OpenedFile {
  readonly file: ProjectionFile;
  readonly spoilt: string | null;
}

interface Entry {
  readonly name: string;
  readonly version: number;
  readonly generation: number;
}

/**
 * The files of all projections. Of one projection the newest complete file counts; every other one is left over from a
 * crash, an older version or a projection that is no more, and goes.
 */
export class ReadModelDirectory {
  readonly #folder: string;
  readonly #pausedFile: string;
  #toCheck = CHECKED_AT_START;

  constructor(dataDir: string) {
    this.#folder = readModelsFolder(dataDir);
    this.#pausedFile = join(this.#folder, 'paused.json');
    this.#makeFolder();
  }

  /** Opens what stands there or begins anew, and clears away what no longer counts. Called once, at the start. */
  openAll(projections: readonly Projection[]): ReadonlyMap<Projection, OpenedFile> {
    const found = this.#list();
    const opened = new Map(projections.map((projection) => [projection, this.#openOne(projection, found)]));
    const current = new Set([...opened.values()].map(({ file }) => file.path));
    for (const file of found) if (!current.has(this.#path(file))) this.discard(this.#path(file));
    return opened;
  }

  /** A new, empty file beside the one in use. */
  begin(projection: Projection, { complete }: { complete: boolean }): ProjectionFile {
    // Somebody may have taken it away meanwhile.
    this.#makeFolder();
    const { name, version } = projection;
    const used = this.#list().filter((file) => file.name === name && file.version === version);
    const generation = Math.max(0, ...used.map((file) => file.generation)) + 1;
    return ProjectionFile.create(this.#path({ name, version, generation }), projection, { complete });
  }

  #makeFolder(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** From now on it counts for nothing, also after a crash. */
  markSpoilt(path: string): void {
    try {
      writeFileSync(`${path}-spoilt`, '');
    } catch {
      // On a disk that takes nothing the next start finds out as this one did.
    }
  }

  /** What cannot be removed now goes at the next start. */
  discard(path: string): void {
    try {
      for (const suffix of ['-wal', '-shm', '-journal', '', '-spoilt']) rmSync(path + suffix, { force: true });
    } catch {
      this.markSpoilt(path);
    }
  }

  /** When that cannot be read, none is: rather too new than too old. */
  paused(onDamaged: OnDamagedFile): ReadonlySet<string> {
    return new Set(readKeptJson(this.#pausedFile, v.array(v.string()), onDamaged));
  }

  savePaused(names: readonly string[]): void {
    this.#makeFolder();
    keepFile(this.#pausedFile, JSON.stringify(names));
  }

  #openOne(projection: Projection, found: readonly Entry[]): OpenedFile {
    const candidates = found
      .filter((file) => file.name === projection.name && file.version === projection.version)
      .sort((a, b) => b.generation - a.generation);
    let spoilt: string | null = null;
    for (const candidate of candidates) {
      const opened = this.#tryOpen(this.#path(candidate), projection);
      if (opened === null) continue;
      if ('file' in opened) return { file: opened.file, spoilt: null };
      spoilt ??= opened.spoilt;
    }
    return { file: this.begin(projection, { complete: spoilt === null }), spoilt };
  }

  /** Null when there is no file of that name. */
  #tryOpen(path: string, projection: Projection): FoundFile | null {
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) return null;
    if (existsSync(`${path}-spoilt`)) return { spoilt: 'it was found spoilt before the last stop' };
    const isChecked = size <= this.#toCheck;
    if (isChecked) this.#toCheck -= size;
    return ProjectionFile.open(path, projection, { isChecked });
  }

  #list(): readonly Entry[] {
    const unique = new Map<string, Entry>();
    for (const entry of readdirSync(this.#folder)) {
      const groups = pattern.exec(entry)?.groups;
      if (groups === undefined) continue;
      const { name = '', version, generation } = groups;
      const file = { name, version: Number(version), generation: Number(generation) };
      unique.set(this.#path(file), file);
    }
    return [...unique.values()];
  }

  #path({ name, version, generation }: Entry): string {
    return join(this.#folder, `${name}.v${version}.g${generation}.db`);
  }
}
