/** Addresses of a server through the window, in each dialect: copied, noted, made the default, added and removed. */
import { Keyboard } from './keyboard.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

interface Looked {
  readonly allocations: readonly { readonly port: number; readonly notes: string | null }[];
}

for (const dialect of ['panel-1.11', 'panel-1.12', 'reference', 'pelican']) {
  test.describe(`addresses of ${dialect}`, () => {
    test.use({ sandboxFlags: ['--dialect', dialect] });

    test('are noted, chosen, added and removed', async ({ sandbox, launch }) => {
      const allocations = [
        { ip: '192.0.2.10', port: 25_565, alias: 'play.harbor.example', notes: 'Game' },
        { ip: '192.0.2.10', port: 8123, notes: 'Live map' },
      ];
      await sandbox.control({ do: 'allocations', server: 'Survival', allocations, limit: 3 });
      const perch = await launch();
      const page = await perch.window('main');
      await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
      const main = new MainWindow(page);
      await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
      await main.openServer('Survival');
      await new ServerWindow(page).tab('Network');
      const keys = new Keyboard(page);
      const pictures = new Pictures(perch, page);
      const rows = page.getByTestId('allocation-row');
      const readAllocations = async () => {
        const { result } = (await sandbox.control({ do: 'look', server: 'Survival' })) as { result: Looked };
        return result.allocations.map(({ port, notes }) => `${port} ${notes ?? ''}`.trim());
      };

      await test.step('notes are typed in place, by keys', async () => {
        await expect(rows).toHaveCount(2);
        await rows.nth(1).getByTestId('allocation-note').focus();
        await keys.press('Enter');
        await page.keyboard.type('Map for everybody');
        if (dialect === 'pelican') await pictures.take('network-note');
        await keys.press('Enter');
        await expect(rows.nth(1)).toContainText('Map for everybody');
        await expect.poll(readAllocations).toEqual(['25565 Game', '8123 Map for everybody']);
      });

      await test.step('the host allows no further address, until it does', async () => {
        await page.getByTestId('network-add').click();
        await expect(page.getByTestId('network-change-problem')).toContainText('not switched this on');
        await sandbox.control({ do: 'panel', allocationPorts: { from: 25_700, to: 25_709 } });
        await page.getByTestId('network-add').click();
        await expect(rows).toHaveCount(3);
        await expect(rows.nth(2)).toContainText(':25700');
        await expect(page.getByTestId('network-add')).toHaveAttribute('aria-disabled', 'true');
        await expect(page.getByTestId('network-change-problem')).toHaveCount(0);
        await pictures.take(`network-${dialect}`);
      });

      await test.step('another address becomes the default one, from the next start on', async () => {
        const open = async () => {
          if (!(await page.getByTestId('allocation-menu').isVisible())) {
            await rows.nth(2).getByTestId('allocation-more').click();
          }
        };
        if (dialect === 'pelican') await pictures.take('network-menu', open);
        await open();
        await page.getByTestId('allocation-default').focus();
        await keys.press('Enter');
        await expect(rows.first()).toContainText(':25700');
        await expect(rows.first().getByTestId('allocation-copy')).toBeFocused();
        await expect(page.getByTestId('network-next-start')).toBeVisible();
        await expect(page.getByTestId('server-view')).toContainText(':25700');
      });

      await test.step('an address is removed by keys after a question', async () => {
        await rows.nth(2).getByTestId('allocation-copy').focus();
        await keys.press('Delete');
        await expect(page.getByTestId('allocation-remove-question')).toContainText('Map for everybody');
        if (dialect === 'pelican') await pictures.take('network-remove');
        await page.getByTestId('allocation-remove-go').click();
        await expect(rows).toHaveCount(2);
        await expect.poll(readAllocations).toEqual(['25565 Game', '25700']);
      });

      await test.step('typed notes outlive their address', async () => {
        await rows.nth(1).getByTestId('allocation-note').click();
        await page.keyboard.type('Half');
        const kept = [{ ip: '192.0.2.10', port: 25_700 }];
        await sandbox.control({ do: 'allocations', server: 'Survival', allocations: kept, limit: 3 });
        await page.getByTestId('network-read').click();
        const remainingNotes = page.getByTestId('network-left-notes');
        await expect(remainingNotes).toContainText('Half');
        if (dialect === 'pelican') await pictures.take('network-left');
        await page.getByTestId('network-left-discard').focus();
        await keys.press('Enter');
        await expect(remainingNotes).toHaveCount(0);
      });
    });
  });
}
