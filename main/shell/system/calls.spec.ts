import { expect, it, vi } from 'vitest';
import { applyChanges, emptyFleet } from '../../../bridge/fleet/changes.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { systemCalls } from './calls.js';

const account = anAccount();
const server = aServer({ id: 'home/1' });
const state = applyChanges(emptyFleet, [
  { kind: 'account-upserted', account },
  { kind: 'account-upserted', account: anAccount({ id: 'work' }) },
  { kind: 'server-upserted', server },
]);
const notFound = expect.objectContaining({ problem: expect.objectContaining({ code: 'not-found' }) });

function setUp() {
  const done = () => Promise.resolve();
  const browser = {
    openPanel: vi.fn(done),
    openAccountPage: vi.fn(done),
    openKeyPage: vi.fn(done),
    openLink: vi.fn(done),
    openSftp: vi.fn((_address: string) => Promise.resolve()),
  };
  const autostart = { isOn: vi.fn(() => Promise.resolve(true)), set: vi.fn(done) };
  const quit = vi.fn();
  const info = { version: '1', platform: 'linux', hasTray: true, dataFolder: '/data', isPortable: false };
  const calls = systemCalls({
    store: { state },
    info: () => info,
    openLogs: done,
    quit,
    autostart,
    browser,
    clipboard: { write: done },
  });
  return { calls, browser, autostart, quit };
}

it('a server opens on its own panel only', async () => {
  const { calls, browser } = setUp();
  await calls['panel.open']({ accountId: 'home', serverId: 'home/1' });
  expect(browser.openPanel).toHaveBeenCalledExactlyOnceWith(account, server);
  expect(() => calls['panel.open']({ accountId: 'work', serverId: 'home/1' })).toThrow(notFound);
  expect(() => calls['panel.open']({ accountId: 'gone' })).toThrow(notFound);
  expect(browser.openPanel).toHaveBeenCalledOnce();
});

it('the page of an account opens on its own panel', async () => {
  const { calls, browser } = setUp();
  await calls['panel.open']({ accountId: 'home', accountOn: 'pelican' });
  expect(browser.openAccountPage).toHaveBeenCalledExactlyOnceWith(account, 'pelican');
  expect(() => calls['panel.open']({ accountId: 'gone', accountOn: 'pelican' })).toThrow(notFound);
  expect(browser.openPanel).not.toHaveBeenCalled();
});

it('the files of a server open over SFTP, without a password', async () => {
  const { calls, browser } = setUp();
  await calls['sftp.open']({ serverId: 'home/1' });
  expect(browser.openSftp).toHaveBeenCalledExactlyOnceWith('sftp://olive.11111111@node.example.com:2022');
  await expect(calls['sftp.open']({ serverId: 'home/2' })).rejects.toThrow(notFound);
});

it('autostart is read and changed', async () => {
  const { calls, autostart } = setUp();
  expect(await calls['autostart.read']()).toEqual({ isOn: true });
  await calls['autostart.set']({ on: false });
  expect(autostart.set).toHaveBeenCalledExactlyOnceWith(false);
});

it('Perch quits', () => {
  const { calls, quit } = setUp();
  calls['app.quit']();
  expect(quit).toHaveBeenCalledOnce();
});
