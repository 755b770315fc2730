import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDesktop, type Desktop } from '../../tests/support/desktop/desktop.mjs';
import { KeychainFailure } from '../base/ports.js';
import { sessionBus } from '../bus/session-bus.js';
import { SecretKeychain } from './secret-keychain.js';

const uid = process.getuid?.() ?? 0;
const key = 'ptlc_aaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

let desktop: Desktop;
let keychain: SecretKeychain;
let changes: number;

beforeAll(async () => {
  desktop = await startDesktop({ tray: false });
});
afterAll(() => desktop.stop());

beforeEach(() => {
  changes = 0;
  keychain = new SecretKeychain(sessionBus(desktop.env, uid));
  keychain.listen(() => changes++);
});

/** Result of keytar, which earlier versions of Perch used, in this session. */
async function keytar(call: string): Promise<string> {
  const script = `require('keytar').${call}.then((found) => process.stdout.write(String(found)))`;
  return (await desktop.run(process.execPath, ['--input-type=commonjs', '-e', script])).output;
}

async function failureOf(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.then(
    (value) => value,
    (thrown: unknown) => thrown,
  );
  return error instanceof KeychainFailure ? error.kind : `no failure but ${String(error)}`;
}

const changed = (before: number) => expect.poll(() => changes, { timeout: 5000 }).toBeGreaterThan(before);

describe('a real keyring', () => {
  it('keeps a key, reads it, replaces it and forgets it', async () => {
    expect(await keychain.getPassword('perch', 'home')).toBeNull();
    await keychain.setPassword('perch', 'home', key);
    expect(await keychain.getPassword('perch', 'home')).toBe(key);
    expect(await desktop.lookupSecret('perch', 'home')).toBe(key);
    await keychain.setPassword('perch', 'home', 'ptlc_öther');
    expect(await keychain.getPassword('perch', 'home')).toBe('ptlc_öther');
    expect(await keychain.deletePassword('perch', 'home')).toBe(true);
    expect(await keychain.deletePassword('perch', 'home')).toBe(false);
    expect(await desktop.lookupSecret('perch', 'home')).toBeNull();
  });

  it("finds keytar's entries, and keytar finds its entries", async () => {
    await keytar(`setPassword('perch', 'old', '${key}')`);
    expect(await keychain.getPassword('perch', 'old')).toBe(key);
    await keychain.setPassword('perch', 'old', 'ptlc_new');
    expect(await keytar(`getPassword('perch', 'old')`)).toBe('ptlc_new');
    expect(await keytar(`findCredentials('perch').then((all) => all.length)`)).toBe('1');
  });

  it('reports a locked keyring, and its unlocking', async () => {
    await keychain.setPassword('perch', 'home', key);
    await desktop.lockKeyring();
    expect(await failureOf(keychain.getPassword('perch', 'home'))).toBe('locked');
    expect(await failureOf(keychain.getPassword('perch', 'nobody'))).toBe('locked');
    expect(await failureOf(keychain.setPassword('perch', 'home', 'ptlc_new'))).toBe('locked');
    expect(await failureOf(keychain.deletePassword('perch', 'home'))).toBe('locked');
    // This session can't show a prompt, which counts as a closed prompt.
    expect(await failureOf(keychain.unlock())).toBe('locked');
    const before = changes;
    await desktop.unlockKeyring();
    await changed(before);
    expect(await keychain.getPassword('perch', 'home')).toBe(key);
  });

  it('is missing while it does not run, and is found after a restart', async () => {
    await keychain.setPassword('perch', 'home', key);
    await desktop.stopKeyring();
    expect(await failureOf(keychain.getPassword('perch', 'home'))).toBe('unavailable');
    const before = changes;
    await desktop.startKeyring();
    await changed(before);
    expect(await keychain.getPassword('perch', 'home')).toBe(key);
    await keychain.setPassword('perch', 'home', key);
  });

  it('answers late after it hung', async () => {
    await keychain.setPassword('perch', 'home', key);
    desktop.freezeKeyring();
    const asked = keychain.getPassword('perch', 'home');
    const first = await Promise.race([asked, new Promise((pass) => setTimeout(() => pass('nothing'), 300))]);
    expect(first).toBe('nothing');
    desktop.thawKeyring();
    expect(await asked).toBe(key);
  });

  it('hides a key from other listeners on the bus', async () => {
    const { processes, env } = desktop;
    const monitor = processes.start('dbus-monitor', ['--session'], { env });
    let heard = '';
    monitor.stdout?.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
    await expect.poll(() => heard, { timeout: 5000 }).toContain('NameAcquired');
    await keychain.setPassword('perch', 'home', key);
    await keychain.getPassword('perch', 'home');
    await expect.poll(() => heard, { timeout: 5000 }).toContain('member=GetSecret');
    await processes.end(monitor);
    expect(heard).not.toContain(key.slice(5, 20));
    expect(heard).not.toContain(
      Buffer.from(key.slice(5, 20)).toString('hex').replaceAll(/(..)/g, '$1 ').trim(),
    );
  });
});

it('a session without a bus has no keychain', async () => {
  expect(await failureOf(new SecretKeychain(sessionBus({}, uid)).getPassword('perch', 'home'))).toBe(
    'unavailable',
  );
  const dead = new SecretKeychain(sessionBus({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }, uid));
  expect(await failureOf(dead.getPassword('perch', 'home'))).toBe('unavailable');
});
