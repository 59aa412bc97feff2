// Makes a LiveKit ready as the product does, so that tests do not wait for it. Fails with one sentence.
import '../resolve-ts.mjs';

const { provideLiveKit, userCacheDir } = await import('@deskside/media/server');

let shown = '';
/** Each step, and each tenth of it, once. @param {string} step @param {number | null} fraction */
function progress(step, fraction) {
  const text = fraction === null ? step : `${step} ${Math.floor(fraction * 10) * 10} %`;
  if (text !== shown) process.stdout.write(`LiveKit: ${text}\n`);
  shown = text;
}

try {
  const { binary, version, from } = await provideLiveKit({
    searchPath: process.env.PATH ?? '',
    cacheDir: userCacheDir(),
    progress,
    signal: new AbortController().signal,
  });
  process.stdout.write(`LiveKit ${version} (${from}): ${binary}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
