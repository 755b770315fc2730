/** The Backups tab: where each backup is, copies on this computer, and those that failed. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ServerCopies } from '../../../../bridge/schema/backup-copies.js';
import type { Backup } from '../../../../bridge/schema/backups.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import { aBackup } from '../../../../tests/support/fake-backups.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import BackupsTab from './backups-tab.svelte';

const user = userEvent.setup();
const id = 'home/u0';
let bridge: FakeBridge;
beforeEach(() => {
  bridge = new FakeBridge();
});

/** Shows the tab; `backups` = those on the panel, null = it has not answered. */
async function shows(backups: readonly Backup[] | null): Promise<void> {
  const server = aServer({ id, name: 'Survival' });
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => BackupsTab(anchor, { server });
  const nothing: Component = () => ({});
  // The server is known before the tab is shown, as in a window.
  const { rerender } = render(Frame, { view: nothing, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  await rerender({ view, state });
  if (backups !== null) {
    bridge.snapshot('backups', {
      list: { backups, limit: 5, used: backups.length },
      problem: null,
      byRule: [],
    });
  }
  await tick();
}

const sent = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
const rows = (): HTMLElement[] => screen.queryAllByTestId('backup-row');

async function fromMenu(entry: RegExp, row = 0): Promise<void> {
  const [button] = within(rows()[row] ?? document.body).getAllByRole('button');
  if (button !== undefined) await user.click(button);
  await user.click(within(await screen.findByTestId('backup-menu')).getByRole('menuitem', { name: entry }));
}

describe('copies on this computer', () => {
  const copyOf = (backupId: string, createdAt = 0) => ({
    id: backupId,
    createdAt,
    bytes: 2_097_152,
    file: `${backupId}.tar.gz`,
  });
  const copiesAre = (fields: Partial<ServerCopies>): Promise<void> => {
    bridge.snapshot('copies', { folder: 'ready', copies: [], coming: [], failed: [], ...fields });
    return tick();
  };
  const places = () => screen.queryAllByTestId('backup-place').map((one) => one.textContent.trim());

  it('are nowhere mentioned without a folder', async () => {
    await shows([aBackup('b1')]);
    await copiesAre({ folder: 'none' });
    expect(places()).toEqual([]);
  });

  it('each row says where the backup is, also those that the panel no longer has', async () => {
    const failed = aBackup('b4', { state: 'failed', createdAt: 4, sha1: null });
    await shows([failed, aBackup('b3', { createdAt: 3 }), aBackup('b2', { createdAt: 2 })]);
    await copiesAre({ copies: [copyOf('b2', 2), copyOf('b1', 1)] });
    expect(places()).toEqual([
      '',
      'PanelOnly on the panel',
      'BothOn the panel and on this computer',
      'HereOnly on this computer',
    ]);
    expect(rows()[3]?.textContent).toMatch(/Backup of .*not on the panel.*2 MiB/s);
    await copiesAre({ coming: ['b3'], copies: [copyOf('b2', 2)] });
    expect(places().slice(1)).toEqual([
      'CopyingPerch is fetching a copy.',
      'BothOn the panel and on this computer',
    ]);
  });

  it('by the rule can be kept; a kept copy says that it stays', async () => {
    await shows([aBackup('b2', { createdAt: 2 }), aBackup('b1', { createdAt: 1 })]);
    await copiesAre({ copies: [copyOf('b2', 2), { ...copyOf('b1', 1), isKept: true }] });
    expect(places()).toEqual([
      'BothOn the panel and on this computer',
      'BothOn the panel and on this computer. The copy stays until you delete it.',
    ]);
    await fromMenu(/Keep the copy/);
    expect(sent('copies.fetch')).toEqual([{ serverId: id, backup: 'b2' }]);
    await copiesAre({ copies: [{ ...copyOf('b1', 1), isKept: true }] });
    const [button] = within(rows()[1] ?? document.body).getAllByRole('button');
    if (button !== undefined) await user.click(button);
    const menu = within(await screen.findByTestId('backup-menu'));
    expect(menu.getByRole('menuitem', { name: /Show in folder/ })).toBeTruthy();
    expect(menu.queryByRole('menuitem', { name: /Keep the copy/ })).toBeNull();
  });

  it('are fetched, shown and deleted from the menu; the question says what stays', async () => {
    await shows([
      aBackup('b2', { createdAt: 2, name: 'Second' }),
      aBackup('b1', { createdAt: 1, name: 'First' }),
    ]);
    await copiesAre({ copies: [copyOf('b1', 1)] });
    await fromMenu(/Fetch a copy/);
    expect(sent('copies.fetch')).toEqual([{ serverId: id, backup: 'b2' }]);
    await fromMenu(/Show in folder/, 1);
    expect(sent('copies.show')).toEqual([{ serverId: id }]);
    await fromMenu(/Delete the copy/, 1);
    expect(screen.getByTestId('copy-delete-question').textContent).toContain(
      'The backup on the panel stays.',
    );
    await user.click(screen.getByTestId('copy-delete-go'));
    expect(sent('copies.delete')).toEqual([{ serverId: id, backup: 'b1' }]);
    await waitFor(() => expect(screen.queryByTestId('copy-delete-question')).toBeNull());
  });

  it('of a backup that is gone: Delete asks, and the menu has nothing of the panel', async () => {
    await shows([]);
    await copiesAre({ copies: [copyOf('b1')] });
    expect(screen.queryByTestId('backups-empty')).toBeNull();
    within(rows()[0] ?? document.body)
      .getAllByRole('button')[0]
      ?.focus();
    await user.keyboard('{Delete}');
    expect(screen.getByTestId('copy-delete-question').textContent).toContain(
      'The panel no longer has this backup.',
    );
    await copiesAre({ copies: [] });
    expect(screen.queryByTestId('copy-delete-question')).toBeNull();
    expect(screen.getByTestId('backups-empty')).toBeTruthy();
  });

  it('that failed say why, and are tried again', async () => {
    await shows([aBackup('b1')]);
    await copiesAre({ failed: [{ backup: 'b1', problem: aProblem('protocol') }] });
    await user.click(within(screen.getByTestId('copy-failed')).getByRole('button', { name: 'Try again' }));
    expect(sent('copies.fetch')).toEqual([{ serverId: id, backup: 'b1' }]);
    await copiesAre({ folder: 'away', failed: [{ backup: 'b1', problem: aProblem('protocol') }] });
    expect(screen.getByTestId('copy-again').getAttribute('aria-disabled')).toBe('true');
  });

  it('are there while the panel does not answer, which nobody calls gone', async () => {
    await shows(null);
    await copiesAre({ copies: [copyOf('b1')] });
    expect(rows()).toEqual([]);
    bridge.snapshot('backups', { list: null, problem: aProblem('panel-unreachable'), byRule: [] });
    await tick();
    expect(places()).toEqual(['HereOn this computer']);
    expect(rows()[0]?.textContent).not.toContain('no longer');
    await fromMenu(/Delete the copy/);
    expect(screen.getByTestId('copy-delete-question').textContent).toContain('does not say now');
  });

  it('are looked into instead of the list, which has the focus again afterwards', async () => {
    await shows([aBackup('b2', { createdAt: 2 }), aBackup('b1', { createdAt: 1, name: 'First' })]);
    await copiesAre({ copies: [copyOf('b1', 1)] });
    await fromMenu(/Look into/, 1);
    expect(bridge.subscriptions.at(-1)).toMatchObject({
      name: 'copyFiles',
      params: { serverId: id, backup: 'b1' },
    });
    expect(screen.getByTestId('copy-view').textContent).toContain('Files of “First”');
    await user.click(screen.getByTestId('copy-back'));
    expect(bridge.subscriptions.at(-1)?.ended).toBe(true);
    expect(rows()[1]?.contains(document.activeElement)).toBe(true);
  });
});
