import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from './projection';
import { ProjectionFile } from './projection-file';

/** `sessions.v1.g3.db`: the third file of version 1. A generation is never used twice: a stray -wal would be replayed. */
const pattern = /^(?<name>[a-z-]+)\.v(?<version>\d+)\.g(?<generation>\d+)\.db(?:-wal|-shm|-journal)?$/;

interface FoundFile {
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

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'read-models');
    this.#pausedFile = join(this.#folder, 'paused.json');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  /** Opens what stands there or begins anew, and clears away what no longer counts. Called once, at the start. */
  openAll(projections: readonly Projection[]): ReadonlyMap<string, ProjectionFile> {
    const found = this.#list();
    const opened = new Map(projections.map((projection) => [projection.name, this.#openOne(projection, found)]));
    const current = new Set([...opened.values()].map((file) => file.path));
    for (const file of found) if (!current.has(this.#path(file))) this.discard(this.#path(file));
    return opened;
  }

  /** A new, empty file beside the one in use. */
  begin(projection: Projection, { complete }: { complete: boolean }): ProjectionFile {
    const { name, version } = projection;
    const used = this.#list().filter((file) => file.name === name && file.version === version);
    const generation = Math.max(0, ...used.map((file) => file.generation)) + 1;
    return ProjectionFile.create(this.#path({ name, version, generation }), projection, { complete });
  }

  discard(path: string): void {
    for (const suffix of ['-wal', '-shm', '-journal', '']) rmSync(path + suffix, { force: true });
  }

  paused(): ReadonlySet<string> {
    if (!existsSync(this.#pausedFile)) return new Set();
    const names: unknown = JSON.parse(readFileSync(this.#pausedFile, 'utf8'));
    return new Set(Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []);
  }

  savePaused(names: readonly string[]): void {
    writeFileSync(`${this.#pausedFile}.new`, JSON.stringify(names));
    renameSync(`${this.#pausedFile}.new`, this.#pausedFile);
  }

  #openOne(projection: Projection, found: readonly FoundFile[]): ProjectionFile {
    const candidates = found
      .filter((file) => file.name === projection.name && file.version === projection.version)
      .sort((a, b) => b.generation - a.generation);
    for (const candidate of candidates) {
      const path = this.#path(candidate);
      const file = existsSync(path) ? ProjectionFile.open(path, projection) : null;
      if (file !== null) return file;
    }
    return this.begin(projection, { complete: true });
  }

  #list(): readonly FoundFile[] {
    const unique = new Map<string, FoundFile>();
    for (const entry of readdirSync(this.#folder)) {
      const groups = pattern.exec(entry)?.groups;
      if (groups === undefined) continue;
      const { name = '', version, generation } = groups;
      const file = { name, version: Number(version), generation: Number(generation) };
      unique.set(this.#path(file), file);
    }
    return [...unique.values()];
  }

  #path({ name, version, generation }: FoundFile): string {
    return join(this.#folder, `${name}.v${version}.g${generation}.db`);
  }
}
