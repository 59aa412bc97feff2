import { expect, it } from '@jest/globals';
import { readSettings } from '../settings/settings';
import { backupCommand, restoreCommand } from './commands';

const settings = readSettings({ DESKSIDE_DATA_DIR: '/nowhere' });

it.each(['0', '-1', 'fast', 'Infinity', ''])('a backup is refused the pace "%s"', async (pace) => {
  const args = ['--to', '/nowhere/backup', `--megabytes-per-second=${pace}`];
  await expect(backupCommand(settings, args)).rejects.toThrow(
    `--megabytes-per-second is "${pace}", but it must be a number above 0.`,
  );
});

it('each wants its folder', async () => {
  await expect(backupCommand(settings, [])).rejects.toThrow('Say which folder: --to FOLDER');
  await expect(restoreCommand(settings, [])).rejects.toThrow('Say which folder: --from FOLDER');
});
