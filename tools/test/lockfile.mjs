import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../process/workspace.mjs';

/** @typedef {{ optionalDependencies?: Record<string, string> }} LockEntry */
/** @typedef {Record<string, Record<string, string> | undefined>} Manifest */

/**
 * Where Node would look for `name` from the package at `path`, nearest first.
 * @param {string} path @param {string} name
 */
function placesOf(path, name) {
  const places = [];
  for (let folder = path; folder !== ''; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0)))
    places.push(`${folder}/node_modules/${name}`);
  return [...places, `node_modules/${name}`];
}

/**
 * npm can leave other platforms' binaries out of the lock file; `npm ci` then fails on those platforms only.
 * @param {Record<string, LockEntry>} packages the lock file's `packages`
 */
export function missingEntries(packages) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesOf(path, name).some((place) => place in packages))
      .map((name) => `package-lock.json has no entry for ${name}, which ${path || 'package.json'} names.`),
  );
}

/** @param {Manifest} manifest package.json */
export function looseVersions(manifest) {
  return ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {})
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json: ${name} is "${version}"; write one exact version.`),
  );
}

/** One sentence for each thing that is wrong; none when all is well. */
export function lockfileProblems() {
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(join(workspaceRoot, file), 'utf8'));
  return [...missingEntries(read('package-lock.json').packages), ...looseVersions(read('package.json'))];
}
