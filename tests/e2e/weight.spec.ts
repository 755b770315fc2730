/**
 * Memory of main: size of V8's young generation. Without Playwright, because main collects no garbage of its own while a
 * debugger is attached.
 */
import { freePort, runInside } from '../../bench/inspected.mjs';
import { run } from '../../bench/programs.mjs';
import type { Desktop } from '../support/desktop/desktop.mjs';
import { Onboarding } from './pages.js';
import { expect, test } from './perch.js';

const mib = 1024 * 1024;

/** Starts Perch and measures main's young generation after `restMs`, in MiB. */
async function youngGeneration(
  desktop: Desktop,
  { hidden, restMs, data }: { hidden: boolean; restMs: number; data: string },
): Promise<number> {
  const port = await freePort();
  const flags = [`--inspect-port=${port}`];
  const perch = await run(desktop, 'perch', { hidden, restMs, flags, env: { PERCH_DATA: data } });
  try {
    const bytes = await runInside({ pid: perch.pid, port }, ({ v8 }) =>
      Promise.resolve(
        v8
          .getHeapSpaceStatistics()
          .filter(({ space_name }) => space_name === 'new_space')
          .reduce((sum, { physical_space_size }) => sum + physical_space_size, 0),
      ),
    );
    return Number(bytes) / mib;
  } finally {
    await perch.end();
  }
}

/** Measures again after a longer rest if main is above `most` MiB, because a busy computer starts Perch later. */
async function restingGeneration(
  desktop: Desktop,
  state: Parameters<typeof youngGeneration>[1],
  most: number,
): Promise<number> {
  const size = await youngGeneration(desktop, state);
  return size < most ? size : youngGeneration(desktop, { ...state, restMs: 6 * state.restMs });
}

test('main gives back its young generation after the start', async ({ desktop }) => {
  const data = `${desktop.folder}/perch`;
  expect(await restingGeneration(desktop, { hidden: true, restMs: 5000, data }, 1)).toBeLessThan(1);
});

test("main's young generation stays small while a window shows live servers", async ({
  desktop,
  launch,
  sandbox,
}) => {
  const perch = await launch();
  const window = await perch.window('main');
  await new Onboarding(window).connect(sandbox.panel, sandbox.keys.owner);
  await expect(window.getByTestId('fleet-row').first()).toBeVisible();
  await perch.quit();
  const state = { hidden: false, restMs: 10_000, data: perch.dataFolder };
  expect(await restingGeneration(desktop, state, 3)).toBeLessThan(3);
});
