import type { Locator, Page } from '@playwright/test';
import type { MenuEntry } from '../support/desktop/desktop.mjs';
import { typeElsewhere } from './other-person.js';
import { crashForGood } from './other-person.js';
import { MainWindow, Onboarding, popoverRow, ServerWindow } from './pages.js';
import { expect, test, within } from './perch.js';

function named(menu: MenuEntry[], name: string): MenuEntry {
  const entry = menu.find((one) => one.label.includes(name));
  if (entry === undefined)
    throw new Error(`"${name}" is not among ${menu.map((one) => one.label).join(', ')}`);
  return entry;
}

/** Numbers of the entries in a submenu as text, to compare; 0 is the menu itself. */
function entriesOf(menu: MenuEntry[], id: number): string {
  const entries = id === 0 ? menu : menu.find((entry) => entry.id === id)?.children;
  return (entries ?? []).map((entry) => entry.id).join();
}

async function addAnother(page: Page, url: string, key: string): Promise<void> {
  await page.getByRole('button', { name: 'Add panel' }).click();
  await new Onboarding(page).connect(url, key);
  await expect(page.getByRole('heading', { name: 'All servers' })).toBeVisible({ timeout: 20_000 });
}

/** Records the texts of a row from now on, also those that it shows for a moment. Returns a function that reads them. */
async function textsOf(row: Locator): Promise<() => Promise<string[]>> {
  const key = await row.getAttribute('data-server');
  const page = row.page();
  const texts = await page.evaluateHandle((server) => {
    const seen: string[] = [];
    const noteText = (): void => {
      const text = document.querySelector(`[data-server="${server}"]`)?.textContent ?? '';
      if (text !== seen.at(-1)) seen.push(text);
    };
    new MutationObserver(noteText).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return seen;
  }, key);
  return () => texts.jsonValue();
}

/** Waits until the figures of the row have changed this many times; a live server has new figures every second. */
async function figuresMove(row: Locator, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    const before = await row.innerText();
    await expect.poll(() => row.innerText()).not.toBe(before);
  }
}

test('the menu allows exactly the signals that state and permissions allow, and rests without changes', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const page = await (await launch()).window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.subuser);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 30_000 });

  await test.step('signals without permission are absent, and one line names the missing permission', async () => {
    const survival = await within(30_000, 'Survival with its permissions', async () => {
      const entry = (await desktop.trayMenu()).find((one) => one.label.includes('Survival'));
      const isSettled = entry?.label.includes('running') === true;
      return isSettled && entry.children.some((one) => one.label.includes('control.stop'))
        ? entry
        : undefined;
    });
    const signals = survival.children.filter(({ label }) => /^(Start|Stop|Restart|Kill)/.test(label));
    expect(signals).toEqual([]);
    const texts = survival.children.filter(({ label, enabled }) => label !== '' && !enabled);
    const [why, ...others] = texts.filter(({ label }) => !label.startsWith('Players reported by the game'));
    expect(why?.label).toBe('Your key lacks the permissions control.stop and control.restart');
    expect(others).toEqual([]);
    expect(named(survival.children, 'Open console').enabled).toBe(true);
    expect(named(survival.children, 'Open panel in browser').enabled).toBe(true);
  });

  await test.step('live numbers leave the menu alone', async () => {
    const survival = new MainWindow(page).fleetRow('Survival');
    // Players come and go until a command lets one leave. The first answers of games come within a minute. Both change
    // the menu.
    for (const { name } of sandbox.servers) await typeElsewhere(sandbox, name, 'leave Nobody');
    await within(90_000, 'figures that move while the menu rests', async () => {
      const before = await desktop.menuUpdates();
      await figuresMove(survival, 6);
      return (await desktop.menuUpdates()) === before ? true : undefined;
    });
    expect(await desktop.tooltip()).toMatch(/running/);
  });

  await test.step('a second panel makes a submenu of each', async () => {
    await addAnother(page, sandbox.panel, sandbox.keys.owner);
    const menu = await within(30_000, 'two submenus with a running server', async () => {
      const found = await desktop.trayMenu();
      const runs = ({ children }: MenuEntry): boolean =>
        children.some(({ label }) => label.includes('Survival') && label.includes('running'));
      return found.filter(runs).length === 2 ? found : undefined;
    });
    expect(menu.some((entry) => entry.label.includes('Survival'))).toBe(false);
    const olive = named(menu, '(olive)');
    expect(olive.label).toMatch(/: \d+ running/);
    const signals = named(olive.children, 'Survival').children;
    expect(named(signals, 'Stop').enabled).toBe(true);
    expect(named(signals, 'Kill…').enabled).toBe(true);
  });
});

test('menu, icon and popover follow the servers, and start and stop them', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Skyblock')).toContainText('running', { timeout: 30_000 });

  await test.step('a press on a menu that was opened before it changed reaches the server', async () => {
    const { opened, before } = await within(30_000, 'a menu with both servers as they are', async () => {
      const [before] = await desktop.trayItems();
      const opened = await desktop.trayMenu();
      const [after] = await desktop.trayItems();
      const isRead = ['● Skyblock', '○ Longhouse'].every((name) =>
        opened.some(({ label }) => label.includes(name)),
      );
      // A submenu that is announced while the menu is read belongs to neither.
      const isStill = before?.layouts.length === after?.layouts.length;
      return isRead && isStill ? { opened, before } : undefined;
    });
    const start = named(named(opened, 'Longhouse').children, 'Start');

    await desktop.clickMenu(['Skyblock', 'Stop']);
    await expect(main.fleetRow('Skyblock')).toContainText('offline', { timeout: 30_000 });
    await within(30_000, 'a menu that says so', async () =>
      (await desktop.trayMenu()).some(({ label }) => label.includes('○ Skyblock')) ? true : undefined,
    );
    await desktop.pressMenuEntry(start);
    await expect(main.fleetRow('Longhouse')).toContainText('running', { timeout: 30_000 });

    await test.step('only submenus whose entries changed were announced', async () => {
      const [after] = await desktop.trayItems();
      const now = await desktop.trayMenu();
      const announced = after?.layouts.slice(before?.layouts.length) ?? [];
      const ids = ['Skyblock', 'Longhouse'].map((name) => named(opened, name).id);
      expect(announced.length).toBeGreaterThan(0);
      // Other servers may have their first state only now; the announcement of an unchanged submenu is a mistake.
      const isUnchanged = (id: number): boolean => entriesOf(opened, id) === entriesOf(now, id);
      expect(announced.filter((id) => !ids.includes(id) && isUnchanged(id))).toEqual([]);
    });
  });

  await desktop.clickMenu(['Skyblock', 'Start']);
  await expect(main.fleetRow('Skyblock')).toContainText('running', { timeout: 30_000 });
  await desktop.activateTray();
  const popover = await perch.window('popover');
  const icon = async (): Promise<string | undefined> => (await desktop.trayItems())[0]?.pixmaps[0]?.sha1;
  let calm: string | undefined;

  await test.step('the tray icon follows the worst state, and the popover starts and stops', async () => {
    const row = popoverRow(popover, 'Skyblock');
    const texts = await textsOf(row);
    await row.hover();
    await row.getByRole('button', { name: /^Stop/ }).click();
    await expect(row).toContainText('offline', { timeout: 30_000 });
    expect(await texts()).toContainEqual(expect.stringContaining('stopping'));
    await expect(main.fleetRow('Skyblock')).toContainText('offline');

    await row.hover();
    await row.getByRole('button', { name: /^Start/ }).click();
    await expect(main.fleetRow('Skyblock')).toContainText('running', { timeout: 30_000 });
    await expect.poll(texts).toContainEqual(expect.stringContaining('starting'));

    // The icon follows the servers within a second or so.
    calm = await within(30_000, 'an icon that rests', async () => {
      const before = await icon();
      await page.waitForTimeout(2500);
      return (await icon()) === before ? before : undefined;
    });
    await main.openServer('Skyblock');
  });

  await test.step('the crashed server is first in the menu', async () => {
    await crashForGood(sandbox, 'Skyblock');
    await within(30_000, 'Skyblock at the top', async () => {
      const [first] = (await desktop.trayMenu()).filter(({ children }) => children.length > 0);
      return first?.label === '▲ Skyblock — crashed' ? true : undefined;
    });
    await expect.poll(icon).not.toBe(calm);
  });

  await test.step('left out of the icon, it colours neither that nor the tooltip', async () => {
    await expect.poll(() => desktop.tooltip()).toContain('crashed');
    await new ServerWindow(page).tab('Settings');
    await page.getByTestId('tray-icon').getByText('Ignore this server in the tray icon').click();
    await expect(page.getByTestId('left-out')).toHaveText('ignored in the tray icon');
    await expect.poll(icon).toBe(calm);
    await within(30_000, 'a calm tooltip', async () =>
      (await desktop.tooltip()).includes('crashed') ? undefined : true,
    );
    await within(30_000, 'a menu that says so', async () => {
      const { children } = named(await desktop.trayMenu(), 'Skyblock');
      return children.some(({ label }) => label === 'Ignored in the tray icon') ? true : undefined;
    });
  });

  await test.step('the popover is as high as its content', async () => {
    await expect
      .poll(() =>
        popover.evaluate(() => {
          const list = document.querySelector('[data-scroller]');
          const content = list?.firstElementChild;
          return list && content ? list.clientHeight - content.getBoundingClientRect().height : null;
        }),
      )
      .toBe(0);
    expect(await popover.evaluate(() => window.innerHeight)).toBeLessThan(560);
  });

  await test.step('the popover works by keyboard alone', async () => {
    await expect(popoverRow(popover, 'Lobby')).toBeVisible();

    const height = await popover.evaluate(() => window.innerHeight);
    await popover.keyboard.press('/');
    await expect(popover.getByRole('searchbox')).toBeFocused();
    await popover.keyboard.type('lobb');
    await expect(popover.getByTestId('server-row')).toHaveCount(1);
    // The field stays in place during typing.
    expect(await popover.evaluate(() => window.innerHeight)).toBe(height);
    await popover.keyboard.press('ArrowDown');
    await popover.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Lobby' })).toBeVisible();
  });
});
