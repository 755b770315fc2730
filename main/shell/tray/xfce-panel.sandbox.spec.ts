/** XFCE's panel on a real bus; its settings service is a fake (`fake-xfconf.py`). */
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startDesktop, type Desktop } from '../../../tests/support/desktop/desktop.mjs';
import { sessionBus } from '../../bus/session-bus.js';
import { watchXfcePanel } from './xfce-panel.js';

const support = join(import.meta.dirname, '../../../tests/support/desktop');
const python = '/usr/bin/python3';

let desktop: Desktop;
let told: (boolean | null)[];
let end: () => void;

beforeEach(async () => {
  desktop = await startDesktop({ tray: false, keyring: false });
  told = [];
});
afterEach(async () => {
  end();
  await desktop.stop();
});

function watch(): void {
  end = watchXfcePanel(sessionBus(desktop.env, process.getuid?.() ?? 0), (isDark) => told.push(isDark));
}

/** Starts the fake service; `value` is its first setting. */
async function fakeXfconf(value: 'true' | 'false' | 'unset') {
  const child = desktop.processes.start(python, [join(support, 'fake-xfconf.py'), value], {
    env: desktop.env,
  });
  if (child.stdout === null) throw new Error('no output');
  await once(createInterface(child.stdout), 'line');
  return {
    set: (next: 'true' | 'false' | 'unset') => void child.stdin?.write(`${next}\n`),
    stop: () => desktop.processes.end(child),
  };
}

it('the setting of the panel is read and followed', async () => {
  const xfconf = await fakeXfconf('false');
  watch();
  await expect.poll(() => told).toEqual([false]);
  xfconf.set('true');
  await expect.poll(() => told).toEqual([false, true]);
  xfconf.set('unset');
  await expect.poll(() => told).toEqual([false, true, null]);
});

it('an unset setting gives null', async () => {
  await fakeXfconf('unset');
  watch();
  await expect.poll(() => told).toEqual([null]);
});

it('no service is started; a service that appears or ends is noticed', async () => {
  watch();
  const bus = await desktop.run(python, [
    '-c',
    'import dbus; print(dbus.SessionBus().name_has_owner("org.xfce.Xfconf"))',
  ]);
  expect(bus.output.trim()).toBe('False');
  expect(told).toEqual([]);
  const xfconf = await fakeXfconf('true');
  await expect.poll(() => told).toEqual([true]);
  await xfconf.stop();
  await expect.poll(() => told).toEqual([true, null]);
});

it("only the service's own signals count", async () => {
  const xfconf = await fakeXfconf('true');
  watch();
  await expect.poll(() => told).toEqual([true]);
  const forged = await desktop.run(python, [
    join(support, 'forge-signal.py'),
    ...['/org/xfce/Xfconf', 'org.xfce.Xfconf', 'PropertyRemoved', '["xfce4-panel", "/panels/dark-mode"]'],
  ]);
  expect(forged.output).toMatch(/^sent [1-9]/);
  xfconf.set('false');
  await expect.poll(() => told).toEqual([true, false]);
});
