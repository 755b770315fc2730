/** Chromium's developer tools in a checkout; packages have none (`build/package-smoke.mjs`). */
import { drawn, expect, test, type Perch } from './perch.js';

/** Number of windows with open developer tools. */
function opened({ app }: Perch): Promise<number> {
  return app.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter(({ webContents }) => webContents.isDevToolsOpened()).length,
  );
}

function isShown({ app }: Perch, page: 'main' | 'popover'): Promise<boolean> {
  return app.evaluate(
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows().some(
        (each) => each.webContents.getURL().includes(`/${wanted}.html`) && each.isVisible(),
      ),
    page,
  );
}

/** Sends F12 through main, as a keyboard does; Playwright's keys go directly to the page. */
function pressF12({ app }: Perch, page: 'main' | 'popover'): Promise<void> {
  return app.evaluate(({ BrowserWindow }, wanted) => {
    const shown = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes(`/${wanted}.html`),
    );
    for (const type of ['keyDown', 'keyUp'] as const)
      shown?.webContents.sendInputEvent({ type, keyCode: 'F12' });
  }, page);
}

test('the developer tools of both windows open and close', async ({ launch, desktop }) => {
  const perch = await launch();

  await test.step('F12 opens and closes the developer tools, and the tray opens them', async () => {
    const main = await perch.window('main');
    await main.waitForLoadState('load');
    await expect.poll(() => isShown(perch, 'main')).toBe(true);
    await drawn(main);

    await pressF12(perch, 'main');
    await expect.poll(() => opened(perch)).toBe(1);
    await pressF12(perch, 'main');
    await expect.poll(() => opened(perch)).toBe(0);

    await desktop.waitForTray();
    await desktop.clickMenu(['Developer tools']);
    await expect.poll(() => opened(perch)).toBe(1);
    await pressF12(perch, 'main');
    await expect.poll(() => opened(perch)).toBe(0);
  });

  await test.step('the popover stays while its developer tools are open', async () => {
    await desktop.activateTray();
    const popover = await perch.window('popover');
    await popover.waitForLoadState('load');
    const blur = (): Promise<void> =>
      perch.app.evaluate(({ BrowserWindow }) => {
        for (const each of BrowserWindow.getAllWindows()) each.emit('blur');
      });
    await expect.poll(() => isShown(perch, 'popover')).toBe(true);

    await drawn(popover);
    await pressF12(perch, 'popover');
    await expect.poll(() => opened(perch)).toBe(1);
    await blur();
    expect(await isShown(perch, 'popover')).toBe(true);

    await pressF12(perch, 'popover');
    await expect.poll(() => opened(perch)).toBe(0);
    await blur();
    await expect.poll(() => isShown(perch, 'popover')).toBe(false);
  });
});
