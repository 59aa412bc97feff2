import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const day = 24 * 60 * 60 * 1000;
/** Apple refuses server certificates that last longer than 825 days, even under an authority that the user trusts. */
const serverLasts = 397 * day;
const authorityLasts = 3650 * day;
const renewBefore = 30 * day;

/** Addresses of this machine that others in the network can reach; IPv4 first. */
export function lanAddresses() {
  const addresses = Object.values(networkInterfaces())
    .flatMap((cards) => cards ?? [])
    .filter((card) => !card.internal && !card.address.startsWith('fe80:'));
  return addresses.sort((a, b) => a.family.localeCompare(b.family)).map((card) => card.address);
}

/** Every name under which a browser may call this machine. */
export function ownNames() {
  const name = hostname().toLowerCase();
  return [...new Set(['localhost', '127.0.0.1', '::1', name, `${name}.local`, ...lanAddresses()])];
}

/** @param {X509Certificate} certificate @param {string} name */
function covers(certificate, name) {
  return (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined;
}

/** @param {X509Certificate} certificate @param {Date} now */
function lasts(certificate, now) {
  return certificate.validFromDate <= now && certificate.validToDate.getTime() - now.getTime() > renewBefore;
}

/**
 * The certificate, when both files can be read and belong together.
 * @param {string} certificateFile @param {string} keyFile
 */
function readPair(certificateFile, keyFile) {
  try {
    const certificate = new X509Certificate(readFileSync(certificateFile));
    return certificate.checkPrivateKey(createPrivateKey(readFileSync(keyFile))) ? certificate : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What cannot be used goes out of the way of what is made in its place, and can still be looked at.
 * @param {readonly string[]} files
 */
function moveAside(files) {
  for (const file of files) if (existsSync(file)) renameSync(file, `${file}-damaged`);
}

/** @param {string} folder */
function filesIn(folder) {
  return {
    authority: join(folder, 'deskside-local-authority.crt'),
    authorityKey: join(folder, 'authority.key'),
    certificate: join(folder, 'server.crt'),
    key: join(folder, 'server.key'),
  };
}

/** @param {string} file @param {string} pem */
function keep(file, pem) {
  writeFileSync(file, `${pem.trimEnd()}\n`, { mode: 0o600 });
}

/** @param {ReturnType<typeof filesIn>} files @param {Date} now */
async function makeAuthority(files, now) {
  const { cert, private: key } = await generate([{ name: 'commonName', value: `Deskside local (${hostname()})` }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - day),
    notAfterDate: new Date(now.getTime() + authorityLasts),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  keep(files.authority, cert);
  keep(files.authorityKey, key);
}

/** @param {ReturnType<typeof filesIn>} files @param {readonly string[]} names @param {Date} now */
async function makeServerCertificate(files, names, now) {
  const ca = { cert: readFileSync(files.authority, 'utf8'), key: readFileSync(files.authorityKey, 'utf8') };
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Deskside' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca,
    notBeforeDate: new Date(now.getTime() - day),
    notAfterDate: new Date(now.getTime() + serverLasts),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  });
  keep(files.certificate, `${cert}\n${ca.cert}`);
  keep(files.key, key);
}

/**
 * A certificate for this machine's own addresses under an authority of its own; both stay in the data folder, so that
 * trusting the authority once is enough. The certificate is made anew when an address is missing, it is about to expire or
 * its files are damaged. An authority whose files are damaged has to be trusted again: `notice` says so.
 * @param {{ dataDir: string, names: readonly string[], now?: Date }} options
 */
export async function localCertificate({ dataDir, names, now = new Date() }) {
  const folder = join(dataDir, 'tls');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = filesIn(folder);

  const notice = await provideAuthority(files, now);
  const { publicKey, fingerprint256 } = new X509Certificate(readFileSync(files.authority));
  const certificate = readPair(files.certificate, files.key);
  const isGood = certificate && lasts(certificate, now) && certificate.verify(publicKey);
  if (certificate === undefined) moveAside([files.certificate, files.key]);
  if (!isGood || !names.every((name) => covers(certificate, name))) await makeServerCertificate(files, names, now);
  return { ...files, fingerprint: fingerprint256, notice };
}

/**
 * @param {ReturnType<typeof filesIn>} files @param {Date} now
 * @returns a sentence when there was one that is lost
 */
async function provideAuthority(files, now) {
  const authority = readPair(files.authority, files.authorityKey);
  if (authority !== undefined && lasts(authority, now)) return undefined;
  const isLost = authority === undefined && (existsSync(files.authority) || existsSync(files.authorityKey));
  if (isLost) moveAside([files.authority, files.authorityKey]);
  await makeAuthority(files, now);
  return isLost
    ? `The local authority in ${files.authority} was damaged or lost its key: there is a new one, which each device has to trust again.`
    : undefined;
}
