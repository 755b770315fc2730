/** Downloads of backups to this computer: the strip of the window, a kill in the middle, and the files at the end. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { EverySize } from './every-size.js';
import { AccessibilityChecks } from './accessibility.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { callPressed, expect, test, type Perch } from './perch.js';
import { Pictures } from './pictures.js';

interface Backup {
  readonly uuid: string;
  readonly sha1: string;
}

const choosing = (perch: Perch, path: string): Promise<void> =>
  perch.app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: false, filePath: file }) as ReturnType<typeof dialog.showSaveDialog>;
  }, path);

async function made(sandbox: SandboxProcess, name: string, bytes: number): Promise<Backup> {
  const order = { do: 'add-backup', server: 'Survival', name, ageMinutes: 60, bytes };
  const { result } = (await sandbox.control(order)) as { result: string };
  const server = sandbox.servers.find((one) => one.name === 'Survival')?.identifier ?? '';
  const { attributes } = (await sandbox.ask(`/api/client/servers/${server}/backups/${result}`)) as {
    attributes: { checksum: string };
  };
  return { uuid: result, sha1: attributes.checksum.replace('sha1:', '') };
}

const sha1Of = (path: string): string => createHash('sha1').update(readFileSync(path)).digest('hex');

const states = (page: Page): Promise<(string | null)[]> =>
  page.getByTestId('transfer').evaluateAll((all) => all.map((one) => one.getAttribute('data-state')));

test('a backup is downloaded, paused, killed, begun again and found in its folder', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const folder = join(desktop.folder, 'downloads');
  mkdirSync(folder);
  const uuid = sandbox.servers.find(({ name }) => name === 'Survival')?.uuid ?? '';
  const large = await made(sandbox, 'Nightly', 12_000_000);
  const small = await made(sandbox, 'Before the update', 3_000_000);
  // The last bytes of a file of this size are written by a thread of their own.
  const huge = await made(sandbox, 'World', 40_000_000);
  const slow = (downloadRate: number | null) =>
    sandbox.control({ do: 'backups', server: 'Survival', downloadRate });

  const first = await launch();
  let page = await first.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const { accounts } = JSON.parse(readFileSync(join(first.dataFolder, 'accounts.json'), 'utf8')) as {
    accounts: { id: string }[];
  };
  const serverId = `${accounts[0]?.id ?? ''}/${uuid}`;
  const strip = () => page.getByTestId('transfers');
  const download = async (perch: Perch, backup: Backup, file: string): Promise<void> => {
    await choosing(perch, join(folder, file));
    await callPressed(page, 'backups.download', { serverId, backup: backup.uuid });
  };

  await test.step('progress, speed and time left are in the strip', async () => {
    await slow(250_000);
    await choosing(first, join(folder, 'nightly.tar.gz'));
    await new MainWindow(page).openServer('Survival');
    await new ServerWindow(page).tab('Backups');
    await new ServerWindow(page).backup('Nightly', 'backup-download');
    await expect(strip()).toContainText(/of 11 MiB · .*KiB\/s · .* left/, { timeout: 20_000 });
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  await test.step('it pauses and continues with the keyboard', async () => {
    await page.getByTestId('transfer-pause').focus();
    await page.keyboard.press('Enter');
    await expect(strip()).toContainText('paused');
    await page.getByTestId('transfer-resume').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => states(page)).toEqual(['running']);
  });

  await test.step('the strip is legible for everybody, at every size', async () => {
    await page.getByRole('button', { name: 'All servers' }).click();
    await page.getByTestId('transfer-pause').click();
    await download(first, small, 'small.tar.gz');
    await page.getByTestId('transfers-toggle').click();
    await expect(page.getByTestId('transfer')).toHaveCount(2);
    await new Pictures(first, page).take('transfers');
    const accessibility = new AccessibilityChecks(page);
    await accessibility.check('the strip of downloads', { tab: false });
    accessibility.expectNoFaults();
    const sizes = await EverySize.of(page);
    await sizes.look('the strip of downloads', '[data-testid=fleet]');
    // Texts of the panel and of English are not those of the pseudo-language.
    expect(sizes.faults.filter((fault) => !fault.includes('not ours'))).toEqual([]);
  });

  await test.step('after a kill the next run begins again, and leaves no file behind', async () => {
    await expect.poll(() => readdirSync(folder), { timeout: 60_000 }).toContain('small.tar.gz');
    await page.getByTestId('transfer-resume').click();
    await expect.poll(() => states(page)).toContain('running');
    const [part = ''] = readdirSync(folder).filter((name) => name.endsWith('.perch-part'));
    expect(part).not.toBe('');
    const main = first.app.process();
    const ended = new Promise((resolve) => main.once('exit', resolve));
    main.kill('SIGKILL');
    await ended;
    expect(readdirSync(folder)).toContain(part);
    await slow(null);
    const second = await launch();
    page = await second.window('main');
    await expect
      .poll(() => readdirSync(folder).sort(), { timeout: 30_000 })
      .toEqual(['nightly.tar.gz', 'small.tar.gz']);
    expect(sha1Of(join(folder, 'nightly.tar.gz'))).toBe(large.sha1);
    expect(sha1Of(join(folder, 'small.tar.gz'))).toBe(small.sha1);

    await test.step('a file that came in the way stays, and a failure says what to do', async () => {
      await page.getByTestId('transfer-cancel').click();
      await expect(strip()).toHaveCount(0);
      await sandbox.control({ do: 'backups', server: 'Survival', downloadStatus: 502 });
      await download(second, huge, 'late.tar.gz');
      await expect(strip()).toContainText('status 502', { timeout: 20_000 });
      writeFileSync(join(folder, 'late.tar.gz'), 'mine');
      await sandbox.control({ do: 'backups', server: 'Survival', downloadStatus: null });
      await page.getByTestId('transfer-retry').click();
      await expect(strip()).toContainText('downloaded', { timeout: 60_000 });
      expect(readFileSync(join(folder, 'late.tar.gz'), 'utf8')).toBe('mine');
      expect(sha1Of(join(folder, 'late (2).tar.gz'))).toBe(huge.sha1);
    });

    await test.step('neither the log nor the stored queue has a secret', async () => {
      const kept = readFileSync(join(second.dataFolder, 'transfers.json'), 'utf8');
      const log = readFileSync(join(second.dataFolder, 'logs', 'perch.log'), 'utf8');
      expect(log).toContain('transfers.broke');
      for (const text of [kept, log]) expect(text).not.toMatch(/token=|eyJ/);
    });
  });
});
