import { Onboarding } from './pages.js';
import { expect, test, type Perch } from './perch.js';

test("main's young generation stays small, and is given back when the windows are gone", async ({
  launch,
  sandbox,
}) => {
  const perch = await launch();
  const window = await perch.window('main');
  await new Onboarding(window).connect(sandbox.panel, sandbox.keys.owner);
  await expect(window.getByTestId('fleet-row').first()).toBeVisible();
  expect(await youngMib(perch)).toBeLessThan(3);
  await perch.app.evaluate(({ BrowserWindow }) => {
    for (const each of BrowserWindow.getAllWindows()) each.close();
  });
  await expect.poll(() => youngMib(perch), { timeout: 20_000 }).toBeLessThan(1);
});

/** Pages of V8's young generation in main. */
async function youngMib({ app }: Perch): Promise<number> {
  const bytes = await app.evaluate(() =>
    process
      .getBuiltinModule('v8')
      .getHeapSpaceStatistics()
      .filter(({ space_name }) => space_name === 'new_space')
      .reduce((sum, { physical_space_size }) => sum + physical_space_size, 0),
  );
  return bytes / 1024 / 1024;
}
