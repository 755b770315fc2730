import { setTimeout as pause } from 'node:timers/promises';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { expect, isRunning, stateOf, within } from './perch.js';

/** Sends a command to the server's console without Perch, as the panel's administrator. Returns the panel's status. */
export async function typeElsewhere(sandbox: SandboxProcess, name: string, command: string): Promise<number> {
  const identifier = sandbox.servers.find((server) => server.name === name)?.identifier ?? '';
  const { status } = await fetch(`${sandbox.panel}/api/client/servers/${identifier}/command`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${sandbox.keys.admin}`,
    },
    body: JSON.stringify({ command }),
  });
  return status;
}

/**
 * Crashes the server until it stays down: its node restarts it after a first crash, not after another soon after.
 *
 * Looks at the sandbox instead of the window: a window still shows the state from before a crash for a moment, and a
 * command to a process that is ending is lost.
 */
export async function crashForGood(sandbox: SandboxProcess, name: string): Promise<void> {
  const server = sandbox.servers.find((each) => each.name === name)?.uuid ?? '';
  const state = (): Promise<string> => stateOf(sandbox, server);
  await isRunning(sandbox, server);
  await within(60_000, `${name} is down`, async () => {
    if ((await state()) === 'offline') {
      await pause(2000);
      if ((await state()) === 'offline') return true;
    }
    // 502 = the server went down after the last look at its state.
    if ((await state()) === 'running')
      expect([204, 502]).toContain(await typeElsewhere(sandbox, name, 'crash'));
    return undefined;
  });
}
