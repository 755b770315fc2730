import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { newProblem } from '../../../bridge/errors.js';
import type { Transfer } from '../../../bridge/schema/transfers.js';
import { sentence } from '../../../messages/messages.js';
import { anAccount, aServer, aTransfer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';
import TransferStrip from './transfer-strip.svelte';

const user = userEvent.setup();
const mebibyte = 1_048_576;
let bridge: FakeBridge;
let state: ReturnType<typeof createWindowState>;

beforeEach(() => {
  bridge = new FakeBridge();
});

async function show(...transfers: Transfer[]): Promise<HTMLElement> {
  const view: Component = (anchor) => TransferStrip(anchor, { transfers });
  state = createWindowState(new PerchClient(bridge));
  render(Frame, { view, state });
  await tick();
  return screen.getByTestId('transfers');
}

const called = (): string[] =>
  bridge.calls.filter(({ name }) => name.startsWith('transfers.')).map(({ name }) => name);

describe('the strip of downloads', () => {
  it('comes with the first download, and goes with the last', async () => {
    render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer()] });
    await tick();
    expect(screen.queryByTestId('transfers')).toBeNull();
    bridge.snapshot('transfers', [aTransfer()]);
    // The strip's code is loaded with the first download.
    await screen.findByTestId('transfers', undefined, { timeout: 20_000 });
    bridge.snapshot('transfers', []);
    await tick();
    expect(screen.queryByTestId('transfers')).toBeNull();
  });

  it('says of one download how much has arrived, how fast, and how long it takes', async () => {
    const strip = await show(
      aTransfer({ bytes: 256 * mebibyte, size: 1024 * mebibyte, rate: 32 * mebibyte, msLeft: 24_000 }),
    );
    expect(strip.textContent).toContain('256 MiB of 1 GiB · 32 MiB/s · 24 s left');
    expect(within(strip).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
    expect(within(strip).getByRole('group', { name: 'Survival Nightly.tar.gz' })).toBeTruthy();
  });

  it.each<[Transfer['state'], boolean]>([
    ['done', true],
    ['failed', true],
    ['done', false],
  ])('says of a folder that is %s what may be left there: %s', async (end, mayHaveLeft) => {
    const source = { kind: 'folder', serverId: 'home/1', path: '/saves/world', as: 'folder' } as const;
    const strip = await show(aTransfer({ source, state: end, size: 10, bytes: 10, mayHaveLeft }));
    const words = 'an archive of the folder may be left in /saves on the server';
    expect(strip.textContent?.includes(words)).toBe(mayHaveLeft);
  });

  it.each<[Transfer['state'], string, string]>([
    ['running', 'Pause', 'transfers.pause'],
    ['paused', 'Resume', 'transfers.resume'],
    ['failed', 'Try again', 'transfers.retry'],
    ['resting', 'Try again', 'transfers.retry'],
    ['done', 'Show in folder', 'transfers.show'],
    ['running', 'Cancel', 'transfers.cancel'],
    ['done', 'Remove from the list', 'transfers.cancel'],
  ])('a %s download has a button “%s”, which works with the keyboard', async (state, name, call) => {
    await show(aTransfer({ state }));
    screen.getByRole('button', { name }).focus();
    await user.keyboard('{Enter}');
    expect(called()).toEqual([call]);
    expect(bridge.calls.find(({ name: of }) => of === call)?.input).toEqual({ transfer: aTransfer().id });
  });

  it('says why a download failed, and the next step', async () => {
    const problem = newProblem('internal', sentence('transfers.full', { folder: '/home/olive' }));
    const strip = await show(aTransfer({ state: 'failed', problem }));
    expect(strip.textContent).toContain('The disk of /home/olive is full. Free some space, then try again.');
    expect(within(strip).queryByRole('progressbar')).toBeNull();
  });

  it('offers SFTP for an upload above the limit of the node, until the panel has a key', async () => {
    const problem = newProblem('invalid', sentence('transfers.too-large', { limit: 100 }));
    await show(aTransfer({ direction: 'up', state: 'failed', problem }));
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer()] });
    await tick();
    await user.click(screen.getByTestId('transfer-set-up-sftp'));
    expect(state.sftp.asked).toEqual({ serverId: aServer().id, transfer: aTransfer().id });
    const key = { fingerprint: 'SHA256:K', name: 'Perch on desk', addedAt: 0, hosts: [] };
    bridge.snapshot('fleet', { accounts: [anAccount({ sftp: key })], servers: [aServer()] });
    await tick();
    expect(screen.queryByTestId('transfer-set-up-sftp')).toBeNull();
  });

  it('leads to the keys of a node whose key has changed', async () => {
    const hostKey = { host: 'node.example.com:2022', pinned: 'SHA256:N', shown: 'SHA256:X' };
    const message = sentence('sftp.host-key-changed', hostKey);
    const problem = { ...newProblem('host-key-changed', message), hostKey };
    await show(aTransfer({ direction: 'up', state: 'failed', problem, by: 'sftp' }));
    await user.click(screen.getByTestId('transfer-compare'));
    expect(state.sftp.compared).toEqual({ serverId: aServer().id, hostKey, transfer: aTransfer().id });
  });

  it('says that a file goes over SFTP', async () => {
    const strip = await show(aTransfer({ direction: 'up', by: 'sftp' }));
    expect(strip.textContent).toContain('over SFTP');
  });

  it('unfolds several downloads to a list', async () => {
    const strip = await show(
      aTransfer({ id: 'a', file: 'a.tar.gz' }),
      aTransfer({ id: 'b', file: 'b.tar.gz', state: 'waiting' }),
      aTransfer({ id: 'c', file: 'c.tar.gz', state: 'failed' }),
    );
    expect(within(strip).queryAllByTestId('transfer')).toEqual([]);
    const toggle = within(strip).getByRole('button', { name: /^Downloading 2 files/ });
    expect(toggle.getAttribute('aria-expanded')).toBe('false');
    await user.click(toggle);
    expect(within(strip).getAllByTestId('transfer')).toHaveLength(3);
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
  });

  it('dismisses all that are done, and no others', async () => {
    await show(
      aTransfer({ id: 'a', state: 'done' }),
      aTransfer({ id: 'b', state: 'done' }),
      aTransfer({ id: 'c' }),
    );
    await user.click(screen.getByTestId('transfers-dismiss'));
    const inputs = bridge.calls.filter(({ name }) => name === 'transfers.cancel').map(({ input }) => input);
    expect(inputs).toEqual([{ transfer: 'a' }, { transfer: 'b' }]);
  });

  it('shows a refused request', async () => {
    await show(aTransfer({ state: 'done' }));
    bridge.refuse('transfers.show', newProblem('not-found', sentence('transfers.unknown')));
    await user.click(screen.getByTestId('transfer-show'));
    expect((await screen.findByRole('alert')).textContent).toContain('no longer in the list');
  });
});
