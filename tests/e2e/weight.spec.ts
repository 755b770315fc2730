/** Memory of main. Sizes are pages of V8's young generation, in MiB. */
import { freePort, runInside } from '../../bench/inspected.mjs';
import { run } from '../../bench/programs.mjs';
import { Onboarding } from './pages.js';
import { expect, test } from './perch.js';

const mib = 1024 * 1024;

test("main's young generation stays small while Perch is used", async ({ launch, sandbox }) => {
  const perch = await launch();
  const window = await perch.window('main');
  await new Onboarding(window).connect(sandbox.panel, sandbox.keys.owner);
  await expect(window.getByTestId('fleet-row').first()).toBeVisible();
  const bytes = await perch.app.evaluate(() =>
    process
      .getBuiltinModule('v8')
      .getHeapSpaceStatistics()
      .filter(({ space_name }) => space_name === 'new_space')
      .reduce((sum, { physical_space_size }) => sum + physical_space_size, 0),
  );
  expect(bytes / mib).toBeLessThan(3);
});

// Without Playwright, because main collects no garbage of its own while a debugger is attached.
test('main gives back its young generation after the start', async ({ desktop }) => {
  const port = await freePort();
  const perch = await run(desktop, 'perch', {
    hidden: true,
    restMs: 5000,
    flags: [`--inspect-port=${port}`],
  });
  try {
    const bytes = await runInside({ pid: perch.pid, port }, ({ v8 }) =>
      Promise.resolve(
        v8
          .getHeapSpaceStatistics()
          .filter(({ space_name }) => space_name === 'new_space')
          .reduce((sum, { physical_space_size }) => sum + physical_space_size, 0),
      ),
    );
    expect(Number(bytes) / mib).toBeLessThan(1);
  } finally {
    await perch.end();
  }
});
