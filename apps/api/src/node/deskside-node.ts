import { randomUUID } from 'node:crypto';
import type { EventStore } from '@deskside/event-store';
import { ReadModelUnavailable, startProjections } from '@deskside/projections';
import type { ReadModels } from '@deskside/projections';
import type { Vault } from '@deskside/vault';
import type { MediaPlant } from '@deskside/media/server';
import { AccessJournal } from '../access/access-journal';
import { Accounts } from '../accounts/accounts';
import { PeopleNames } from '../accounts/people-names';
import { refuseHalfRestored } from '../backup/half-restored';
import { Claims } from '../claims/claims';
import type { Clock } from '../clock/clock';
import { CommandAllowance } from '../command-path/command-allowance';
import { CommandPath } from '../command-path/command-path';
import { refusalError } from '../command-path/outcome';
import { DeadlineRunner } from '../deadlines/deadline-runner';
import type { ErasureReview } from '../erasure/erasure-review';
import type { Erasures } from '../erasure/erasures';
import { openErasures } from '../erasure/open-erasures';
import { dataFiles } from '../files/data-files';
import { Checkpoints } from '../integrity/checkpoints';
import { InvitationLinks } from '../invitation/invitation-links';
import { InvitationSender } from '../invitation/invitation-sender';
import { Invitations } from '../invitation/invitations';
import { CustomerBearers } from '../joining/customer-bearers';
import { Door } from '../joining/door';
import { FairTurns } from '../limits/fair-turns';
import type { Limits } from '../limits/limits';
import { tooMany } from '../limits/too-many';
import { EventHub } from '../live-feed/event-hub';
import { StreamHistories } from '../live-feed/stream-histories';
import type { Log } from '../log/logger';
import type { KnownLog } from '../log/known-log';
import { writeIncident } from '../log/incidents';
import { logSettings } from '../log/open-log';
import { openMail } from '../mail/open-mail';
import type { MailParts } from '../mail/open-mail';
import { MediaAdmission } from '../media/media-admission';
import { openMediaPlant } from '../media/open-media-plant';
import { MediaReconciler } from '../media/reconciler';
import { Presence } from '../presence/presence';
import { openSecondPlace } from '../second-place/open-second-place';
import type { WatchedSecondPlace } from '../second-place/watched-second-place';
import type { Settings } from '../settings/settings';
import { AccountLinks } from '../sign-in/account-links';
import { KnownBrowsers } from '../sign-in/known-browsers';
import { SignIns } from '../sign-in/sign-ins';
import { StaffSockets } from '../sign-in/staff-sockets';
import { Site } from '../site/site';
import { Sessions } from '../support-session/sessions';
import { InProcessSignals } from '../typing/signals';
import type { Signals } from '../typing/signals';
import { openDataFolder } from './open-data-folder';
import type { ToClose } from './open-data-folder';
import { stopInOrder } from './stop-in-order';
import type { StopStep } from './stop-in-order';
import { version } from './version';

/** Everything of one node that is not HTTP: opened once, given to the handlers, closed in the opposite order. */
export interface DesksideNode extends MailParts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly bootId: string;
  readonly store: EventStore;
  readonly knownLog: KnownLog;
  /** Held until everything else is closed. */
  readonly folderLock: { close(): void };
  readonly vault: Vault;
  readonly readModels: ReadModels;
  readonly hub: EventHub;
  readonly limits: Limits;
  readonly histories: StreamHistories;
  /** In which feeds read what they begin with. */
  readonly readTurns: FairTurns;
  readonly commands: CommandPath;
  readonly site: Site;
  readonly claims: Claims;
  readonly journal: AccessJournal;
  readonly signIns: SignIns;
  readonly knownBrowsers: KnownBrowsers;
  readonly staffSockets: StaffSockets;
  readonly links: AccountLinks;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly bearers: CustomerBearers;
  readonly door: Door;
  readonly invitationLinks: InvitationLinks;
  readonly invitations: Invitations;
  /** Begins once it is known where the server listens. */
  readonly invitationSender: InvitationSender;
  readonly names: PeopleNames;
  readonly erasures: Erasures;
  readonly review: ErasureReview;
  readonly checkpoints: Checkpoints;
  /** Null when none is set. */
  readonly secondPlace: WatchedSecondPlace | null;
  readonly presence: Presence;
  readonly deadlines: DeadlineRunner;
  readonly signals: Signals;
  readonly media: MediaPlant;
  readonly mediaAdmission: MediaAdmission;
  readonly mediaReconciler: MediaReconciler;
}

export const NODE = Symbol('DesksideNode');

/** What a node is opened with. */
export type NodeSurroundings = Pick<DesksideNode, 'settings' | 'clock' | 'log' | 'limits'>;

/** How long the last signature of the log may take. */
const CHECKPOINT_PATIENCE_MS = 2000;

/** What somebody is told who waits for too many turns, milliseconds. */
const waitForTurn = 5000;

/** Opens log and data folder. @throws LogUnusable, LogUnavailable or a vault's error with a sentence for the operator. */
export async function openNode(surroundings: NodeSurroundings): Promise<DesksideNode> {
  const opened: StopStep[] = [];
  try {
    return await openParts(surroundings, (name, part) => void opened.unshift({ name, stop: () => part.close() }));
  } catch (error) {
    // Why it cannot be opened is what counts; what could not be closed again stands in the server's log.
    await stopInOrder(opened, surroundings.log).catch(() => undefined);
    throw error;
  }
}

/** @param toClose takes what has to be closed again when a later part cannot be opened. */
async function openParts({ settings, clock, log, limits }: NodeSurroundings, toClose: ToClose): Promise<DesksideNode> {
  const dataDir = settings.DESKSIDE_DATA_DIR;
  refuseHalfRestored(dataDir);
  const bootId = randomUUID();
  const data = await openDataFolder(settings, log, toClose);
  const { store, vault, siteId } = data;
  const hub = new EventHub(store, vault);
  const { knownLog, folderLock } = data;
  const secondPlace = await openSecondPlace(settings, siteId, log);
  const identity = { siteId, writer: { version, boot: bootId } };
  const checkpoints = await Checkpoints.open({ store, vault, clock, identity, secondPlace, log });
  toClose('checkpoints', { close: () => checkpoints.close(CHECKPOINT_PATIENCE_MS) });
  const allowance = new CommandAllowance(limits);
  const commands = new CommandPath({ store, vault, clock, identity, allowance });
  const histories = new StreamHistories(store, vault);
  toClose('histories', histories);
  const mailParts = openMail(settings, vault, clock);
  const forget = (subject: string): Promise<void> => mailParts.developmentMailbox.forget(subject);
  const opened: { readModels?: ReadModels } = {};
  const { erasures, review } = await openErasures({
    ...{ store, vault, hub, histories, forget, secondPlace, log, toClose },
    names: {
      discard: () => knownLog.discardReadModels(),
      outdated: () => knownLog.namesOutdated(true),
      rebuild: async () => {
        if ((await opened.readModels?.rebuild('people-and-search'))?.ok) knownLog.namesOutdated(false);
      },
    },
  });
  const vaultSettings = {
    kind: 'sqlite',
    file: dataFiles(dataDir).vault,
    masterKeyFile: settings.masterKeyFile,
  } as const;
  const readModels = await startProjections({
    dataDir,
    log: logSettings(settings),
    vault: vaultSettings,
    positions: store,
    onIncident: (incident) => writeIncident(log, incident),
  });
  toClose('read models', readModels);
  opened.readModels = readModels;
  void review.run();
  store.onCommitted((head) => readModels.wake(head));
  const head = await store.head();
  // What was written while the worker started wakes nobody by itself.
  if (head !== null) readModels.wake(head);
  toClose('live feed', hub);
  void hub.run().catch((error: unknown) => log.error('live feed stopped', error));
  const site = new Site(siteId, data.hasBegun, commands);
  const readTurns = new FairTurns({ atOnce: 2, mostWaiting: 1000, refusal: () => refusalError(tooMany(waitForTurn)) });
  const opening = { limits, histories, readTurns };
  const about = { settings, clock, log, bootId, ...opening };
  const parts = { ...about, store, vault, readModels, hub, commands, erasures, site, ...mailParts };
  return { ...parts, knownLog, folderLock, secondPlace, review, checkpoints, ...(await capabilities(parts)) };
}

type Opened = Pick<
  DesksideNode,
  | ('settings' | 'clock' | 'log' | 'bootId' | 'store' | 'vault' | 'readModels' | 'hub' | 'commands' | 'erasures')
  | ('site' | 'limits' | 'histories' | 'readTurns' | keyof MailParts)
>;

async function capabilities(
  parts: Opened,
): Promise<Omit<DesksideNode, keyof Opened | 'knownLog' | 'folderLock' | 'secondPlace' | 'review' | 'checkpoints'>> {
  const { settings, clock, log, bootId, limits, store, vault, readModels, commands, hub, site, mail } = parts;
  // Whoever meets a read model that is being made again comes back to it; that it was spoilt stands in the log already.
  const onFailure = (error: unknown): void =>
    error instanceof ReadModelUnavailable ? undefined : log.error('background work failed', error);
  const claims = await Claims.open({ vault, commands, clock, store });
  const journal = new AccessJournal({ commands, clock, bootId, log });
  const knownBrowsers = await KnownBrowsers.open({ vault, clock });
  const signInParts = { hours: settings.DESKSIDE_SIGN_IN_HOURS, browsers: knownBrowsers };
  const signIns = new SignIns({ vault, commands, claims, journal, clock, ...signInParts });
  const sessions = new Sessions(commands, journal);
  const media = openMediaPlant(settings, log);
  const mayServe = (accountId: string): Promise<boolean> => signIns.mayNow(accountId, 'session.serve');
  const invitationLinks = await InvitationLinks.open({ vault, clock });
  const invitations = new Invitations({ commands, site, links: invitationLinks });
  return {
    claims,
    journal,
    signIns,
    knownBrowsers,
    sessions,
    staffSockets: new StaffSockets(hub, signIns),
    links: new AccountLinks({ vault, commands, journal, clock, signIns }),
    accounts: new Accounts(commands, claims, signIns),
    bearers: await CustomerBearers.open({ vault, clock }),
    door: new Door({ journal, claims, sessions, links: invitationLinks, clock, limits }),
    invitationLinks,
    invitations,
    invitationSender: new InvitationSender({ readModels, sessions, invitations, mail, clock, bootId, onFailure }),
    names: new PeopleNames(readModels),
    presence: new Presence({ sessions, hub, bootId, onFailure }),
    deadlines: new DeadlineRunner({ readModels, sessions, claims, clock, bootId, onFailure }),
    signals: new InProcessSignals(),
    media,
    mediaAdmission: new MediaAdmission({ media, sessions, mayServe }),
    mediaReconciler: new MediaReconciler({ media, sessions, hub, onFailure, mayServe }),
  };
}

/** Begins what needs a server that answers: presence expects everybody back, deadlines run. */
export async function startNode(node: DesksideNode): Promise<void> {
  const head = await node.store.head();
  // Nothing is written into a damaged log, and what cannot be read in it is never reached.
  const isDamaged = node.store.integrity().status === 'damaged';
  if (head !== null && !isDamaged) await node.readModels.whenProcessed(['sessions', 'deadlines'], head, 10_000);
  node.presence.expectBack(node.readModels);
  node.deadlines.start();
  node.mediaReconciler.start();
  node.media.start();
}

/** Everything that `openNode` has opened, in the order in which it is closed. */
export function nodeStops(node: DesksideNode): readonly StopStep[] {
  return [
    { name: 'presence', stop: () => node.presence.close() },
    { name: 'deadlines', stop: () => node.deadlines.close() },
    { name: 'invitations', stop: () => node.invitationSender.close() },
    { name: 'mail', stop: () => node.mail.close() },
    { name: 'media rights', stop: () => node.mediaReconciler.close() },
    // It may have to kill LiveKit in the end, which must not outlive us with somebody's screen.
    { name: 'media server', stop: () => node.media.close(), patienceMs: 15_000 },
    // Nobody was told that they are kept; a log that takes nothing makes no unclean end.
    {
      name: 'count of refusals',
      stop: () =>
        node.journal.flushCounted().catch((error: unknown) => node.log.error('counted refusals not written', error)),
    },
    { name: 'live feed', stop: () => node.hub.close() },
    { name: 'review of erasures', stop: () => node.review.close() },
    { name: 'erasures', stop: () => node.erasures.close() },
    { name: 'read models', stop: () => node.readModels.close() },
    // Once nothing else writes: the last events are signed as well.
    { name: 'checkpoints', stop: () => node.checkpoints.close(CHECKPOINT_PATIENCE_MS) },
    // Each waits for other processes and ends its thread; the lock of the folder must outlast them.
    { name: 'event log', stop: () => node.store.close(), patienceMs: 8000 },
    { name: 'vault', stop: () => node.vault.close(), patienceMs: 8000 },
    { name: 'lock of the data folder', stop: () => node.folderLock.close() },
  ];
}
