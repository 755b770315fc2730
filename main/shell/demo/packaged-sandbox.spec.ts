import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import type { ParentPort } from '../../../sandbox/parent-port.js';
import { BorrowedHost } from '../../../sandbox/wings/borrowed-host.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { FakeUtilities, streamsSettle, type FakeUtility } from '../../../tests/support/fake-utility.js';
import { DemoSandboxProcess } from './demo-sandbox.js';
import { launchPackaged } from './packaged-sandbox.js';
import { removeFolder } from '../../../tests/support/remove-folder.js';

const ready = JSON.stringify({ panel: 'http://127.0.0.1:8800', keys: { owner: 'ptlc_x' }, servers: [] });
const orders = { mode: 'play', game: 'survival', name: 'S', invocation: '', environment: {} } as const;

let dataFolder: string;
let utilities: FakeUtilities;
let clock: FakeClock;
let demo: DemoSandboxProcess;

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'perch-packaged-'));
  utilities = new FakeUtilities();
  clock = new FakeClock();
  const log = new FakeLog();
  const { fork, send } = utilities;
  const facts = { folder: '/app.asar/out/sandbox', dataFolder, platform: 'linux', env: {} } as const;
  demo = new DemoSandboxProcess({
    launch: () => launchPackaged({ ...facts, fork, send, clock, log }),
    clock,
    log,
  });
});
afterEach(() => removeFolder(dataFolder));

/** The sandbox's end of the port: messages of the application arrive at the next `deliver`. */
function portOf(sandbox: FakeUtility): ParentPort & { deliver(): void } {
  const listeners: ((event: { data: unknown }) => void)[] = [];
  return {
    on: (_event, listener) => listeners.push(listener),
    postMessage: (message) => sandbox.says(structuredClone(message)),
    deliver() {
      for (const message of sandbox.messages.splice(0)) {
        for (const listener of listeners) listener({ data: structuredClone(message) });
      }
    },
  };
}

async function startedDemo(): Promise<FakeUtility> {
  const answer = demo.start();
  const sandbox = utilities.at(0);
  sandbox.begin(40);
  sandbox.stdout.write(`warming up\n${ready}\n`);
  await answer;
  return sandbox;
}

describe('launchPackaged', () => {
  it("starts the packaged sandbox and reads the panel's address", async () => {
    const answer = demo.start();
    const sandbox = utilities.at(0);
    expect(sandbox.script).toBe(join('/app.asar/out/sandbox', 'index.mjs'));
    expect(sandbox.options.args).toEqual(['--port', '0', '--data', dataFolder, '--with-parent']);
    sandbox.begin(40);
    sandbox.stdout.write(`${ready}\n`);
    expect(await answer).toEqual({ panelUrl: 'http://127.0.0.1:8800', key: 'ptlc_x' });
  });

  it('speaks the language of the sandbox: a game from its start to its end', async () => {
    const sandbox = await startedDemo();
    const port = portOf(sandbox);
    const game = new BorrowedHost(port).spawn(join(dataFolder, 'nodes', '1'), orders);
    const heard: string[] = [];
    game.onOutput((bytes) => heard.push(bytes.toString()));
    game.onExit(({ code }) => heard.push(`ended ${code}`));
    const process = utilities.at(1);
    expect(process.script).toBe(join('/app.asar/out/sandbox', 'game.mjs'));
    process.begin(41);
    port.deliver();
    expect(game.pid).toBe(41);
    game.write(Buffer.from('stop\n'));
    expect(process.messages).toEqual([
      { kind: 'orders', orders: JSON.stringify(orders) },
      { kind: 'typed', bytes: new TextEncoder().encode('stop\n') },
    ]);
    game.kill('SIGKILL');
    expect(process.signals).toEqual(['SIGKILL']);
    process.finish(9, 'last words');
    await streamsSettle();
    port.deliver();
    expect(heard).toEqual(['last words', 'ended 137']);
  });

  it('asks the sandbox to end and waits for it', async () => {
    const sandbox = await startedDemo();
    let stopped = false;
    void demo.stop().then(() => (stopped = true));
    expect(sandbox.messages).toEqual([{ kind: 'end' }]);
    await streamsSettle();
    expect(stopped).toBe(false);
    sandbox.finish(0);
    await streamsSettle();
    expect([stopped, sandbox.signals]).toEqual([true, []]);
  });

  it('kills a sandbox that does not end, and then its remaining games', async () => {
    const sandbox = await startedDemo();
    new BorrowedHost(portOf(sandbox)).spawn(join(dataFolder, 'nodes', '1'), orders);
    utilities.at(1).begin(41);
    let stopped = false;
    void demo.stop().then(() => (stopped = true));
    await clock.advance(5000);
    expect([sandbox.signals, utilities.at(1).signals]).toEqual([['SIGKILL'], []]);
    sandbox.finish(9);
    await streamsSettle();
    expect([stopped, utilities.at(1).signals]).toEqual([false, ['SIGKILL']]);
    utilities.at(1).finish(9);
    await streamsSettle();
    expect(stopped).toBe(true);
  });

  it('rejects with a problem if it ends early, and can be tried again', async () => {
    const answer = demo.start().catch((error: unknown) => error);
    utilities.at(0).begin(40);
    utilities.at(0).finish(1);
    await streamsSettle();
    expect(await answer).toBeInstanceOf(PerchError);
    const again = demo.start();
    utilities.at(1).begin(41);
    utilities.at(1).stdout.write(`${ready}\n`);
    expect(await again).toEqual({ panelUrl: 'http://127.0.0.1:8800', key: 'ptlc_x' });
  });
});
