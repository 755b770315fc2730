import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Onboarding } from './pages.js';
import { expect, test, type Perch } from './perch.js';

test('a window appears with its first picture; a hidden start makes none', async ({
  desktop,
  launch,
  sandbox,
}) => {
  const perch = await launch();
  const first = await perch.window('main');
  await new Onboarding(first).connect(sandbox.panel, sandbox.keys.owner);
  await expect(first.getByTestId('fleet-row').first()).toBeVisible();
  const windows = ({ app }: Perch): Promise<{ id: number; isVisible: boolean }[]> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((each) => ({
        id: each.webContents.id,
        isVisible: each.isVisible(),
      })),
    );

  await test.step('the user sees the window that was made before the rest of Perch', async () => {
    await expect.poll(() => windows(perch)).toEqual([{ id: 1, isVisible: true }]);
  });

  await test.step('a window appears with its first picture, and opens a server at once', async () => {
    const sidebar = { folds: {}, width: 333, isRail: false };
    await first.evaluate((kept) => window.perch.call('settings.update', { sidebar: kept }), sidebar);
    // Records the content of the next window at the moment when the window is shown.
    await perch.app.evaluate(({ app, BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close();
      app.once('browser-window-created', (_event, window) => {
        window.once('show', () => {
          const rows = `document.querySelectorAll('[data-testid=fleet-row]').length`;
          const wide = `document.querySelector('nav').getBoundingClientRect().width`;
          void window.webContents.executeJavaScript(`[${rows}, ${wide}]`).then((whenShown) => {
            Object.assign(globalThis, { whenShown });
          });
        });
      });
    });
    await expect.poll(() => perch.app.windows().length).toBe(0);
    await perch.app.evaluate(({ app }) => void app.emit('activate'));
    const again = await perch.window('main');
    const whenShown = () => (globalThis as { whenShown?: [number, number] }).whenShown ?? [];
    // A test can press keys in a window that is not shown yet, which would leave the list before it is read.
    await expect.poll(() => perch.app.evaluate(whenShown)).toEqual([expect.any(Number), 333]);
    const [rows] = await perch.app.evaluate(whenShown);
    expect(rows).toBeGreaterThan(0);
    await again.getByTestId('fleet-row').first().press('Enter');
    await expect(again.getByTestId('console')).toBeVisible();
  });

  await test.step('a hidden start makes no window', async () => {
    await perch.quit();
    const hidden = await launch(['--hidden']);
    await desktop.waitForTray();
    // The menu appears after the start of all modules.
    const labels = async (): Promise<string[]> => (await desktop.trayMenu()).map(({ label }) => label);
    await expect.poll(labels).toContain('Open Perch');
    expect(await windows(hidden)).toEqual([]);
  });
});

test('the first picture reads neither terminal nor charts, and no page holds a schema', () => {
  const pages = resolve(import.meta.dirname, '../../out/renderer');
  for (const page of ['main.html', 'popover.html']) {
    const html = readFileSync(join(pages, page), 'utf8');
    const named = [...html.matchAll(/(?:src|href)="(\.\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(1);
    const code = named.map((path) => readFileSync(join(pages, path), 'utf8')).join('\n');
    expect(code).toContain('window.drawn');
    for (const word of ['xterm', 'uplot']) expect(code, `${page}: ${word}`).not.toContain(word);
  }
  // Lazily loaded scripts contain no schemas either.
  const scripts = readdirSync(join(pages, 'assets')).filter((name) => name.endsWith('.js'));
  const withSchemas = scripts.filter((name) =>
    readFileSync(join(pages, 'assets', name), 'utf8').includes('ZodError'),
  );
  expect(withSchemas).toEqual([]);
});
