/**
 * Every endpoint of the API reference, used from the window, in each dialect of the sandbox. Results are read back from
 * the sandbox, not from the window.
 */
import type { Locator } from '@playwright/test';
import { gamePid } from '../support/game-process.js';
import { expectChosen, MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test, within } from './perch.js';

interface Looked {
  readonly name: string;
  readonly description: string;
  readonly status: string | null;
  readonly state: string;
  readonly values: Record<string, string>;
  readonly image: string;
}

for (const dialect of ['panel-1.11', 'reference', 'panel-1.12', 'pelican']) {
  test.describe(dialect, () => {
    test.use({ sandboxFlags: ['--dialect', dialect] });

    test(`every endpoint works from the window (${dialect})`, async ({ sandbox, launch }) => {
      test.slow();
      const uuidOf = (name: string): string => {
        const found = sandbox.servers.find((server) => server.name === name);
        if (found === undefined) throw new Error(`The sandbox has no ${name}.`);
        return found.uuid;
      };
      const creative = uuidOf('Creative');
      const serverState = async (server = creative): Promise<Looked> => {
        const { result } = (await sandbox.control({ do: 'look', server })) as { result: Looked };
        return result;
      };
      const stateIs = (state: string): Promise<unknown> =>
        expect.poll(async () => (await serverState()).state, { timeout: 20_000 }).toBe(state);

      const perch = await launch();
      const page = await perch.window('main');
      const main = new MainWindow(page);
      const server = new ServerWindow(page);

      await test.step('GET /account and GET / : the key is checked, every server has a row', async () => {
        await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
        await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 30_000 });
        const list = (await sandbox.ask('/api/client?per_page=100')) as {
          data: { attributes: { name: string } }[];
        };
        for (const { attributes } of list.data) await expect(main.fleetRow(attributes.name)).toBeVisible();
        await expect(page.getByTestId('fleet-row')).toHaveCount(list.data.length);
      });

      await test.step('GET /servers/{server}: its details', async () => {
        const item = (await sandbox.ask(`/api/client/servers/${creative}`)) as {
          attributes: {
            description?: string;
            internal_id: number;
            node: string;
            sftp_details: { port: number };
            limits: { io: number };
            egg_features: string[] | null;
          };
        };
        await main.openServer('Creative');
        await server.tab('Settings');
        await expect(server.name).toHaveValue('Creative');
        await expect(server.description).toHaveValue(item.attributes.description ?? '');
        await expect(page.getByTestId('settings-tab')).toContainText(item.attributes.node);
        await expect(page.getByTestId('settings-tab')).toContainText(`${item.attributes.sftp_details.port}`);
        const facts = page.getByTestId('settings-tab').getByRole('term');
        const fact = (name: string): Locator =>
          facts.filter({ hasText: name }).locator('xpath=following-sibling::dd[1]');
        await expect(fact('Number on the panel')).toHaveText(String(item.attributes.internal_id));
        await expect(fact('Features of the egg')).toHaveText((item.attributes.egg_features ?? []).join(', '));
        await expect(fact('Disk I/O weight')).toHaveText(String(item.attributes.limits.io));
      });

      await test.step('GET /permissions: all of them in plain words', async () => {
        const list = page.getByTestId('permissions-list');
        await page.getByTestId('permissions-show').click();
        await expect(list).toContainText('control.console');
        await expect(list).toContainText('startup.update');
      });

      await test.step('POST settings/rename: name and description', async () => {
        await server.name.fill('Creative Two');
        await server.description.fill('Flat and quiet');
        await page.getByTestId('settings-save').click();
        await expect
          .poll(async () => {
            const { name, description } = await serverState();
            return [name, description];
          })
          .toEqual(['Creative Two', 'Flat and quiet']);
        await expect(page.getByRole('heading', { name: 'Creative Two', level: 1 })).toBeVisible();
      });

      await test.step('POST power: start, restart, stop, and kill', async () => {
        await server.tab('Console');
        await server.power('start').click();
        await stateIs('running');
        await expect(main.state).toContainText('running');
        const first = gamePid(sandbox.folder, creative);
        await server.power('restart').click();
        await within(30_000, 'another process runs', async () => {
          const pid = gamePid(sandbox.folder, creative);
          return pid !== null && pid !== first ? true : undefined;
        });
        await stateIs('running');
        await expect(main.state).toContainText('running');
        await server.power('stop').click();
        await stateIs('offline');
        await expect(main.state).toContainText('offline');
        await server.power('start').click();
        await stateIs('running');
        await expect(main.state).toContainText('running');
      });

      await test.step('GET websocket, POST command: the console is live and takes short and long commands', async () => {
        await expect(page.getByTestId('console-link')).toContainText('live');
        await main.sendCommand('say good evening');
        await expect.poll(() => main.consoleText()).toContain('good evening');
        // Too long for a frame of the socket, so this command goes over REST.
        const long = `say ${'abcdefghi '.repeat(450)}`;
        await main.sendCommand(long);
        await expect.poll(() => main.consoleText()).toContain('abcdefghi abcdefghi');
        await expect(page.getByTestId('command-input')).toHaveValue('');
      });

      await test.step('POST power: kill asks first', async () => {
        await server.kill();
        await page.getByRole('dialog').getByRole('button', { name: 'Kill' }).click();
        await stateIs('offline');
        await expect.poll(() => gamePid(sandbox.folder, creative)).toBeNull();
        await expect(main.state).toContainText('offline');
      });

      await test.step('GET startup, PUT startup/variable: a changed value, and values that the rules refuse', async () => {
        await server.tab('Startup');
        await expect(page.getByTestId('startup-command')).toContainText('java');
        const field = page.getByTestId('variable-VIEW_DISTANCE').locator('input');
        await field.fill('100');
        await expect(page.getByTestId('variable-VIEW_DISTANCE-problem')).toBeVisible();
        await field.fill('12');
        await page.getByTestId('startup-save').click();
        await expect.poll(async () => (await serverState()).values['VIEW_DISTANCE']).toBe('12');
      });

      await test.step('PUT settings/docker-image: another image of the egg', async () => {
        const { image } = await serverState();
        const choice = page.getByTestId('docker-image');
        await expectChosen(choice, image);
        await choice.click();
        const another = page
          .getByRole('option')
          .and(page.locator(`:not([data-value="${image}"])`))
          .first();
        const other = (await another.getAttribute('data-value')) ?? '';
        await another.click();
        await expectChosen(choice, other);
        await page.getByTestId('startup-save').click();
        await expect.poll(async () => (await serverState()).image).toBe(other);
      });

      await test.step('…/backups: made, locked, unlocked, renamed where that is possible, restored, deleted', async () => {
        const locks = async (): Promise<unknown[]> => {
          const { data } = (await sandbox.ask(`/api/client/servers/${creative}/backups`)) as {
            data: { attributes: { name: string; is_successful: boolean; is_locked: boolean } }[];
          };
          return data.map(({ attributes: one }) => [one.name, one.is_successful, one.is_locked]);
        };
        await server.tab('Backups');
        await page.getByTestId('backup-new').click();
        await page.getByTestId('backup-name').fill('First');
        await page.getByTestId('backup-create').click();
        await expect(page.getByTestId('backup-row')).toHaveAttribute('data-backup', 'good', {
          timeout: 30_000,
        });
        await server.backup('First', 'backup-lock');
        await expect.poll(locks).toEqual([['First', true, true]]);
        await expect(page.getByTestId('backup-row')).toContainText('locked');
        await server.backup('First', 'backup-lock');
        await expect.poll(locks).toEqual([['First', true, false]]);
        await expect(page.getByTestId('backup-row')).not.toContainText('locked');
        if (dialect === 'pelican') {
          await server.backup('First', 'backup-rename');
          await page.getByLabel('Name', { exact: true }).fill('First of all');
          await page.getByTestId('backup-rename-save').click();
          await expect.poll(locks).toEqual([['First of all', true, false]]);
        } else {
          await page.getByTestId('backup-more').click();
          await expect(page.getByTestId('backup-restore')).toBeVisible();
          await expect(page.getByTestId('backup-rename')).toHaveCount(0);
          await page.keyboard.press('Escape');
        }
        await server.backup('First', 'backup-restore');
        await page.getByTestId('restore-confirm-name').fill('Creative Two');
        await page.getByTestId('restore-go').click();
        await expect(page.getByTestId('restoration')).toContainText('has ended', { timeout: 60_000 });
        await server.backup('First', 'backup-delete');
        await page.getByTestId('backup-delete-go').click();
        await expect.poll(locks).toEqual([]);
        await expect(page.getByTestId('backup-row')).toHaveCount(0);
      });

      await test.step('…/databases: made, shown, given a new password, deleted by their name', async () => {
        const passwords = async (): Promise<unknown[]> => {
          const { data } = (await sandbox.ask(
            `/api/client/servers/${creative}/databases?include=password`,
          )) as {
            data: {
              attributes: { name: string; relationships: { password: { attributes: { password: string } } } };
            }[];
          };
          return data.map(({ attributes }) => attributes.relationships.password.attributes.password);
        };
        await server.tab('Databases');
        await page.getByTestId('database-new').click();
        await page.getByTestId('database-name').fill('plots');
        await page.getByTestId('database-save').click();
        await expect(page.getByTestId('database')).toContainText('s2_plots');
        const shown = page.getByTestId('database-password');
        const [first] = await passwords();
        await page.getByTestId('database-show').click();
        await expect(shown).toHaveText(String(first));
        await page.getByTestId('database-more').click();
        await page.getByTestId('database-rotate').click();
        await page.getByTestId('database-rotate-go').click();
        await expect.poll(passwords).not.toEqual([first]);
        await page.getByTestId('database-more').click();
        await page.getByTestId('database-delete').click();
        await expect(page.getByTestId('database-delete-go')).toBeDisabled();
        await page.getByTestId('database-delete-name').fill('s2_plots');
        await page.getByTestId('database-delete-go').click();
        await expect(page.getByTestId('databases-empty')).toBeVisible();
        expect(await passwords()).toEqual([]);
      });

      await test.step('POST settings/reinstall: with the name typed', async () => {
        await server.tab('Settings');
        await page.getByTestId('reinstall').click();
        await expect(page.getByTestId('reinstall-go')).toBeDisabled();
        await page.getByTestId('reinstall-confirm-name').fill('Creative Two');
        await page.getByTestId('reinstall-go').click();
        // The installation lasts a few seconds, so panel and window are looked at together.
        await Promise.all([
          expect.poll(async () => (await serverState()).status).toBe('installing'),
          expect(main.state).toContainText('installing'),
        ]);
        await expect.poll(async () => (await serverState()).status, { timeout: 30_000 }).toBeNull();
        await expect(main.state).toContainText('offline', { timeout: 30_000 });
      });

      await test.step('GET resources: without a socket, the figures come by REST', async () => {
        const survival = uuidOf('Survival');
        const permissions = ['control.start', 'control.stop'];
        await sandbox.control({ do: 'permissions', server: survival, user: 'sam', permissions });
        await page.getByRole('button', { name: 'Add panel' }).click();
        await new Onboarding(page).connect(sandbox.panel, sandbox.keys.subuser);
        const rows = main.fleetRow('Survival');
        await expect(rows).toHaveCount(2, { timeout: 20_000 });
        for (const row of await rows.all()) {
          await expect(row).toContainText(/\d %/, { timeout: 30_000 });
          await expect(row).toContainText('running');
        }
      });
    });
  });
}
