// npm start: builds what has changed, starts the server and prints where it is. `-- --lan` serves the local network.
import { resolve } from 'node:path';
import { giveUp, onWorkspaceNode } from '../process/workspace-node.mjs';

await onWorkspaceNode();
const { buildIfChanged } = await import('./build.mjs');
const { startApi } = await import('./api-process.mjs');

const unknown = process.argv.slice(2).find((argument) => argument !== '--lan');
if (unknown !== undefined) giveUp(`npm start knows only "-- --lan", not ${unknown}.`);
const lan = process.argv.includes('--lan');
const dataDir = resolve(process.env.DESKSIDE_DATA_DIR || '.deskside');

/** Settings under which other devices in the network reach this machine by https; a public address that is set stays. */
async function lanSettings() {
  const { lanAddresses, localCertificate, ownNames } = await import('./local-certificate.mjs');
  const [address] = lanAddresses();
  const port = process.env.DESKSIDE_PORT || '4400';
  const publicUrl = process.env.DESKSIDE_PUBLIC_URL || (address && `https://${urlHost(address)}:${port}`);
  if (publicUrl === undefined || !URL.canParse(publicUrl))
    giveUp('This machine has no address in a network. Connect it, or set DESKSIDE_PUBLIC_URL to how others reach it.');
  const names = [...new Set([...ownNames(), new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')])];
  const certificate = await localCertificate({ dataDir, names });
  return {
    certificate,
    settings: {
      DESKSIDE_HOST: process.env.DESKSIDE_HOST || '0.0.0.0',
      DESKSIDE_TLS_CERT_FILE: certificate.certificate,
      DESKSIDE_TLS_KEY_FILE: certificate.key,
      DESKSIDE_PUBLIC_URL: publicUrl,
      // Whatever the certificate says that this machine is called, it answers to.
      DESKSIDE_HOSTS: [process.env.DESKSIDE_HOSTS, ...names].filter(Boolean).join(','),
    },
  };
}

/** @param {string} address */
function urlHost(address) {
  return address.includes(':') ? `[${address}]` : address;
}

/** @throws when the system refuses a file of the data folder that this process needs */
async function begin() {
  const local = lan ? await lanSettings() : undefined;
  const api = startApi({
    dataDir,
    settings: { DESKSIDE_DATA_DIR: dataDir, ...local?.settings },
    onWaiting: (sentence) => process.stdout.write(`${sentence} It is tried again by itself.\n`),
  });
  return { local, api };
}

if (!(await buildIfChanged())) process.exit(1);
const { local, api } = await begin().catch((error) => giveUp(`Deskside cannot start in ${dataDir}: ${error.message}.`));
if (local?.certificate.notice !== undefined) process.stdout.write(`${local.certificate.notice}\n`);

let stopping = false;
let killed = false;
function stop() {
  if (stopping) killed = true;
  if (killed) api.kill();
  else api.stop();
  stopping = true;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
// npm ends by SIGTERM without passing it on: its shell goes, and this process would serve on alone.
const { ppid } = process;
setInterval(() => {
  if (process.ppid !== ppid && !stopping) stop();
}, 250).unref();

const answer = await api.answered;
if (answer.type === 'failed') {
  await api.ended;
  if (stopping) process.exit(0);
  giveUp(answer.sentence);
}
const { dashboardUrl, customerUrl, firstAdministrator } = answer;
const signIn = firstAdministrator
  ? `${firstAdministrator.email}  ${firstAdministrator.password}  (shown this once)`
  : answer.logDamage
    ? 'as before: with a log that is read-only nobody new can be let in'
    : 'npm run admin:recover makes a new sign-in';
process.stdout.write(
  `Dashboard      ${dashboardUrl}
Customer site  ${customerUrl}
Data           ${answer.dataDir}
Administrator  ${signIn}
`,
);
if (answer.logDamage) process.stdout.write(`${answer.logDamage}\n`);
if (local !== undefined) {
  const { howToTrust } = await import('./how-to-trust.mjs');
  process.stdout.write(howToTrust(local.certificate));
}

const code = await api.ended;
if (!stopping) giveUp(`The server ended by itself (code ${code}); its last lines stand in ${api.logFile}.`);
// Without a code a signal ended it: ours, that came before the server listened to any, or the second Ctrl-C.
process.exit(code ?? (killed ? 1 : 0));
