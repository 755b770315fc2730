import { afterEach, describe, expect, it, vi } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { systemClock } from '../../base/clock.js';
import type { Clock, Log } from '../../base/ports.js';
import { DemoSandboxProcess } from './demo-sandbox.js';
import { launchProgram } from './sandbox-program.js';

const log: Log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const ready = JSON.stringify({ panel: 'http://127.0.0.1:8800', keys: { owner: 'ptlc_x' }, servers: [] });
const untilParentEnds = `process.stdin.resume().on('end', () => process.exit(0));`;

let started: DemoSandboxProcess[] = [];
afterEach(async () => {
  await Promise.all(started.map((sandbox) => sandbox.stop()));
  started = [];
});

function sandboxOf(
  script: string,
  clock: Clock = systemClock,
  command = process.execPath,
): DemoSandboxProcess {
  const program = { command, args: ['-e', script], env: process.env };
  const sandbox = new DemoSandboxProcess({ launch: () => launchProgram(program), clock, log });
  started.push(sandbox);
  return sandbox;
}

/** Prints its process id in the address, so that the test can check whether it lives. */
const tellsPid = `console.log(JSON.stringify({ panel: 'http://127.0.0.1:8800/' + process.pid, keys: { owner: 'ptlc_x' } }));`;

function lives(panelUrl: string): boolean {
  try {
    process.kill(Number(panelUrl.split('/').at(-1)), 0);
    return true;
  } catch {
    return false;
  }
}

describe('DemoSandboxProcess', () => {
  it("waits for the line with the panel's address", async () => {
    const sandbox = sandboxOf(`console.log('warming up'); console.log('${ready}'); ${untilParentEnds}`);
    expect(await sandbox.start()).toEqual({ panelUrl: 'http://127.0.0.1:8800', key: 'ptlc_x' });
  });

  it('starts one process for several requests, and a new one after a stop', async () => {
    const sandbox = sandboxOf(`${tellsPid} ${untilParentEnds}`);
    const [first, again] = await Promise.all([sandbox.start(), sandbox.start()]);
    expect(again).toEqual(first);
    expect(lives(first.panelUrl)).toBe(true);
    await sandbox.stop();
    expect(lives(first.panelUrl)).toBe(false);
    expect((await sandbox.start()).panelUrl).not.toBe(first.panelUrl);
  });

  it.each([
    ['ends at once', 'process.exit(3)', process.execPath],
    ['does not exist', '', '/nonexistent/program'],
  ])('rejects with a problem if the program %s', async (_name, script, command) => {
    const sandbox = sandboxOf(script, systemClock, command);
    await expect(sandbox.start()).rejects.toThrow(PerchError);
    await sandbox.stop();
  });

  it('accepts only an address of this computer', async () => {
    const foreign = JSON.stringify({ panel: 'http://example.com', keys: { owner: 'ptlc_x' } });
    const sandbox = sandboxOf(`console.log('${foreign}')`);
    await expect(sandbox.start()).rejects.toThrow(PerchError);
  });

  it('ends a program that never gets ready', async () => {
    const clock = new FakeClock();
    const sandbox = sandboxOf(`setInterval(() => {}, 1000)`, clock);
    const result = sandbox.start().catch((error: unknown) => error);
    await clock.advance(30_000);
    expect(await result).toBeInstanceOf(PerchError);
    await sandbox.stop();
  });

  it('kills a program that does not end', async () => {
    const clock = new FakeClock();
    const stubborn = `process.on('SIGTERM', () => {}); process.stdin.resume(); setInterval(() => {}, 1000); ${tellsPid}`;
    const sandbox = sandboxOf(stubborn, clock);
    const { panelUrl } = await sandbox.start();
    const stopped = sandbox.stop();
    await clock.advance(5000);
    await stopped;
    expect(lives(panelUrl)).toBe(false);
  });
});
