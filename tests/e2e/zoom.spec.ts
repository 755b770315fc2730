/** Zoom by keys, in this run and the next. */
import { drawn, expect, test, type Perch } from './perch.js';

/** Sends keys through main, as a keyboard does; Playwright's keys go directly to the page. */
function press({ app }: Perch, keyCode: string): Promise<void> {
  return app.evaluate(({ BrowserWindow }, key) => {
    const main = BrowserWindow.getAllWindows().find((each) =>
      each.webContents.getURL().includes('main.html'),
    );
    for (const type of ['keyDown', 'keyUp'] as const)
      main?.webContents.sendInputEvent({ type, keyCode: key, modifiers: ['control'] });
  }, keyCode);
}

test('Ctrl with +, - and 0 zooms the window in, out and back, and the zoom is kept', async ({ launch }) => {
  const first = await launch();
  const page = await first.window('main');
  const width = (): Promise<number> => page.evaluate(() => innerWidth);
  // A window before its first picture has a width of 0.
  await expect.poll(width).toBeGreaterThan(0);
  await drawn(page);
  const whole = await width();
  await press(first, '=');
  await expect.poll(width).toBeLessThan(whole);
  await press(first, '0');
  await expect.poll(width).toBe(whole);
  await press(first, '-');
  await expect.poll(width).toBeGreaterThan(whole);
  const smaller = await width();
  await first.quit();

  const again = await (await launch()).window('main');
  await expect.poll(() => again.evaluate(() => innerWidth)).toBe(smaller);
});
