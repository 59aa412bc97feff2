import { join } from 'node:path';
import type { EventStore, SealedEvent, StreamName } from '@deskside/event-store';
import { openKurrentEventStore, openKurrentLogReader, readLogAddress } from '@deskside/event-store/kurrentdb';
import { firstInLogFile, headFileOf, holdLock, openSqliteEventStore } from '@deskside/event-store/sqlite';
import type { HeldLock, LogIncident } from '@deskside/event-store/sqlite';
import { forgetKept } from '@deskside/kept-file';
import type { OnDamagedFile } from '@deskside/kept-file';
import type { LogSettings } from '@deskside/projections';
import { dataFiles } from '../files/data-files';
import type { Settings } from '../settings/settings';

/** Which log this node writes, and its projections read. */
export function logSettings({ DESKSIDE_LOG, DESKSIDE_DATA_DIR }: LogChoice): LogSettings {
  return DESKSIDE_LOG === undefined
    ? { kind: 'sqlite', file: dataFiles(DESKSIDE_DATA_DIR).log }
    : { kind: 'kurrentdb', connectionString: DESKSIDE_LOG };
}

type LogChoice = Pick<Settings, 'DESKSIDE_LOG' | 'DESKSIDE_DATA_DIR'>;

export interface LogWatch {
  readonly onIncident: (incident: LogIncident) => void;
  readonly onDamagedFile: OnDamagedFile;
}

/** @throws LogUnusable or LogUnavailable with a sentence for the operator. */
export function openLog(choice: LogChoice, watch: LogWatch): Promise<EventStore> {
  return openLogWith(choice, watch);
}

/** As it is, whatever it lacks, and without reading it again beside: for an operator who has had it audited. */
export function openLogAsItIs(choice: LogChoice): Promise<EventStore> {
  return openLogWith(choice, { acceptLoss: true, verifyAgain: false });
}

function openLogWith(
  choice: LogChoice,
  options: Partial<LogWatch> & { readonly acceptLoss?: boolean; readonly verifyAgain?: boolean },
): Promise<EventStore> {
  const settings = logSettings(choice);
  switch (settings.kind) {
    case 'sqlite':
      return openSqliteEventStore({ ...options, file: settings.file });
    case 'kurrentdb': {
      const { connectionString } = settings;
      const verifiedFile = verifiedFileIn(choice);
      return openKurrentEventStore({ ...options, connectionString, verifiedFile, headFile: headFile(choice) });
    }
  }
}

/** Where the newest event that this folder knows of is noted. */
export function headFile(choice: LogChoice): string {
  const settings = logSettings(choice);
  return settings.kind === 'sqlite' ? headFileOf(settings.file) : join(choice.DESKSIDE_DATA_DIR, 'log-head');
}

function verifiedFileIn({ DESKSIDE_DATA_DIR }: LogChoice): string {
  return join(DESKSIDE_DATA_DIR, 'log-verified');
}

/** What was noted of a log that stood elsewhere means nothing in this one. */
export function forgetNotes(choice: LogChoice): void {
  for (const file of [headFile(choice), verifiedFileIn(choice)]) forgetKept(file);
}

/** Of the very first event of a stream, without noting anything of the log. Undefined when that cannot be told. */
export async function firstInLog(
  choice: LogChoice,
  stream: StreamName,
): Promise<Pick<SealedEvent, 'body'> | null | undefined> {
  const settings = logSettings(choice);
  if (settings.kind === 'sqlite') return firstInLogFile(settings.file, stream);
  const reader = await openKurrentLogReader(settings);
  try {
    const [first] = await reader.readStream(stream, { maxCount: 1 });
    return first ?? null;
  } finally {
    await reader.close();
  }
}

/** Keeps other servers out of the data folder; with the embedded log, its own lock does. @throws LogUnusable */
export function lockFolder({ DESKSIDE_LOG, DESKSIDE_DATA_DIR: folder }: LogChoice): HeldLock {
  if (DESKSIDE_LOG === undefined) return { close: () => undefined };
  return holdLock(
    dataFiles(folder).serverLock,
    `The data folder ${folder} is in use by another server. Stop that one first.`,
  );
}

/** The log as it may be shown: never with its password. */
export function shownLog({ DESKSIDE_LOG }: LogChoice): string {
  return DESKSIDE_LOG === undefined ? 'the data folder' : (readLogAddress(DESKSIDE_LOG)?.shown ?? 'DESKSIDE_LOG');
}
