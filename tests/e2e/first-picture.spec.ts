import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Onboarding } from './pages.js';
import { expect, test } from './perch.js';

test('a window is seen with its first picture, and opens a server at once', async ({ launch, sandbox }) => {
  const perch = await launch();
  const first = await perch.window('main');
  await new Onboarding(first).connect(sandbox.panel, sandbox.keys.owner);
  await expect(first.getByTestId('fleet-row').first()).toBeVisible();
  // The next window: what it holds at the moment in which it is shown.
  await perch.app.evaluate(({ app, BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
    app.once('browser-window-created', (_event, window) => {
      window.once('show', () => {
        const rows = `document.querySelectorAll('[data-testid=fleet-row]').length`;
        void window.webContents.executeJavaScript(rows).then((count) => {
          Object.assign(globalThis, { rowsWhenShown: count });
        });
      });
    });
  });
  await expect.poll(() => perch.app.windows().length).toBe(0);
  await perch.app.evaluate(({ app }) => void app.emit('activate'));
  const again = await perch.window('main');
  await again.getByTestId('fleet-row').first().press('Enter');
  await expect(again.getByTestId('console')).toBeVisible();
  const rows = await perch.app.evaluate(() => (globalThis as { rowsWhenShown?: number }).rowsWhenShown);
  expect(rows).toBeGreaterThan(0);
});

test('the first picture reads neither terminal nor charts, and no page holds a schema', () => {
  const pages = resolve(import.meta.dirname, '../../out/renderer');
  for (const page of ['main.html', 'popover.html']) {
    const html = readFileSync(join(pages, page), 'utf8');
    const named = [...html.matchAll(/(?:src|href)="(\.\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(1);
    const code = named.map((path) => readFileSync(join(pages, path), 'utf8')).join('\n');
    expect(code).toContain('window.drawn');
    for (const word of ['xterm', 'uplot', 'ZodError']) expect(code, `${page}: ${word}`).not.toContain(word);
  }
});
