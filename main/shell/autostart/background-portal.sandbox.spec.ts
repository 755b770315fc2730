import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDesktop, type Desktop } from '../../../tests/support/desktop/desktop.mjs';
import { someMemory } from '../../../tests/support/entities.js';
import { HeldFields } from '../../../tests/support/held-fields.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { sessionBus } from '../../bus/session-bus.js';
import { BackgroundPortal } from './background-portal.js';

const program = join(import.meta.dirname, '../../../tests/support/desktop/fake-portal.py');

let desktop: Desktop;
beforeEach(async () => void (desktop = await startDesktop({ tray: false, keyring: false })));
afterEach(() => desktop.stop());

function open() {
  const memory = new HeldFields(someMemory());
  const connect = sessionBus(desktop.env, process.getuid?.() ?? 0);
  return new BackgroundPortal({ connect, memory, log: new FakeLog() });
}

/** Starts the fake portal on the private bus of this test; returns its requests. */
async function fakePortal(how: string): Promise<string[]> {
  const child = desktop.processes.start('/usr/bin/python3', [program, how], { env: desktop.env });
  if (child.stdout === null) throw new Error('no output');
  const lines: Interface = createInterface(child.stdout);
  const asked: string[] = [];
  await new Promise<void>((ready) => {
    lines.on('line', (line) => {
      if (line === 'ready') ready();
      else asked.push(line);
    });
  });
  return asked;
}

describe('BackgroundPortal', () => {
  it.each(['allow', 'early'])('asks the portal for it, and to end it (%s)', async (how) => {
    const asked = await fakePortal(how);
    const autostart = open();
    expect(await autostart.isOn()).toBe(false);
    await autostart.set(true);
    expect(await autostart.isOn()).toBe(true);
    await autostart.set(false);
    expect(await autostart.isOn()).toBe(false);
    // The portal's output arrives by another channel than its answers.
    await vi.waitFor(() => expect(asked).toHaveLength(2), 10_000);
    expect(asked.map((line) => JSON.parse(line) as object)).toEqual([
      { autostart: true, commandline: ['perch', '--hidden'] },
      { autostart: false, commandline: ['perch', '--hidden'] },
    ]);
  });

  it.each(['refuse', 'cancel'])('reports a refusal by the desktop (%s)', async (how) => {
    await fakePortal(how);
    const autostart = open();
    await expect(autostart.set(true)).rejects.toMatchObject({
      problem: { next: { id: 'system.autostart-portal-next' } },
    });
    expect(await autostart.isOn()).toBe(false);
  });

  it('reports a missing portal in the same way', async () => {
    await expect(open().set(true)).rejects.toMatchObject({
      problem: { message: { id: 'system.autostart-failed' } },
    });
  });
});
