/** The Backups tab: states of the list, a new backup with its draft, questions about one backup, keys. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Backup, ServerBackups } from '../../../../bridge/schema/backups.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import { aBackup, aRunningBackup } from '../../../../tests/support/fake-backups.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import BackupsTab from './backups-tab.svelte';

const user = userEvent.setup();
const id = 'home/u0';
let bridge: FakeBridge;
let state: ReturnType<typeof createWindowState>;

function listOf(backups: readonly Backup[], limit: number | null = 5): ServerBackups {
  const used = backups.filter((backup) => backup.state !== 'failed').length;
  return { list: { backups, limit, used }, problem: null, byRule: [] };
}

/** Shows the tab; `value` = first value of the feed, null = not sent yet. */
async function shows(value: ServerBackups | null, fields: Partial<Server> = {}): Promise<void> {
  const server = aServer({ id, name: 'Survival', ...fields });
  state = createWindowState(new PerchClient(bridge));
  const props = {
    get server() {
      return state.fleet.server(id) ?? server;
    },
  };
  const view: Component = (anchor) => BackupsTab(anchor, props);
  const nothing: Component = () => ({});
  // The server is known before the tab is shown, as in a window.
  const { rerender } = render(Frame, { view: nothing, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  await rerender({ view, state });
  if (value !== null) bridge.snapshot('backups', value);
  await tick();
}

function becomes(fields: Partial<Server>): Promise<void> {
  const server = aServer({ id, name: 'Survival', ...fields });
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  return tick();
}

const sent = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
const rows = (): HTMLElement[] => screen.queryAllByTestId('backup-row');

async function fromMenu(entry: RegExp, row = 0): Promise<HTMLElement> {
  const [button] = within(rows()[row] ?? document.body).getAllByRole('button');
  if (button !== undefined) await user.click(button);
  const item = within(await screen.findByTestId('backup-menu')).getByRole('menuitem', { name: entry });
  await user.click(item);
  return item;
}

beforeEach(() => {
  bridge = new FakeBridge();
});

describe('a backup by plan', () => {
  const plan = { serverId: id, quietly: true, nextAt: 4e12, last: null };
  const last = { at: 1000, backup: null, problem: null };

  it('shows its next time, and offers a missed backup until a newer good backup exists', async () => {
    await shows(listOf([]));
    expect(screen.queryByTestId('backup-plan')).toBeNull();
    bridge.snapshot('plans', [{ ...plan, serverId: 'home/other' }, plan]);
    await tick();
    expect(screen.getByTestId('backup-plan').textContent.trim()).toMatch(
      /^Next backup by plan: .+, quietly$/,
    );
    bridge.change('plans', [{ ...plan, last: { ...last, outcome: 'closed' } }]);
    await tick();
    expect(screen.getByTestId('backup-plan').textContent).toContain('missed: Perch was not running');
    await user.click(screen.getByTestId('backup-catch-up'));
    expect(sent('backups.catchUp')).toEqual([{ serverIds: [id] }]);
    await becomes({ lastBackup: { id: 'b', at: 2000, bytes: 1, everyMs: null } });
    expect(screen.queryByTestId('backup-catch-up')).toBeNull();
  });
});

describe('the list', () => {
  it('has size, state and checksum of each backup, and the head counts', async () => {
    const running = aRunningBackup('b3', { name: 'Third' });
    const failed = aBackup('b2', { name: 'Second', state: 'failed', sha1: null });
    await shows(listOf([running, failed, aBackup('b1', { name: 'First', bytes: 2_097_152, locked: true })]));
    expect(rows().map((row) => row.dataset['backup'])).toEqual(['running', 'failed', 'good']);
    const [third, second, first] = rows();
    expect(third?.textContent).toContain('the last one took 1 s for 2 MiB');
    expect(second?.textContent).toContain('failed');
    expect(first?.textContent).toContain('2 MiB');
    expect(first?.textContent).toContain('aaaaaaaa');
    expect(first?.textContent).toContain('locked');
    expect(screen.getByTestId('backups-count').textContent).toContain('2 of 5 backups');
  });

  it('shows a backup whose time cannot be read, and counts entries that cannot be read', async () => {
    const { list, ...feed } = listOf([aBackup('u1', { createdAt: null, completedAt: null })]);
    await shows({ ...feed, list: list === null ? null : { ...list, unread: 2 } });
    const time = rows()[0]?.querySelector('time');
    expect(time?.textContent).toBe('–');
    expect(time?.getAttribute('aria-label')).toBe('Begun at an unknown time');
    expect(screen.getByTestId('backups-count').textContent).toContain('Last good one: at an unknown time');
    expect(screen.getByTestId('backups-unread').textContent).toContain('lists 2 more entries');
    await fromMenu(/restore/i);
    expect(screen.getByTestId('restore-question').textContent).toContain('made at an unknown time');
  });

  it('is loading, then empty with the next step', async () => {
    await shows(null);
    expect(screen.getByRole('status', { name: 'Loading the backups…' })).toBeTruthy();
    bridge.snapshot('backups', listOf([]));
    await tick();
    expect(screen.getByTestId('backups-empty').textContent).toContain('No backups yet');
  });

  it('without allowed backups says so in words, with the next step', async () => {
    await shows(listOf([], 0));
    expect(screen.getByTestId('backups-empty').textContent).toContain(
      'Your host allows no backups of this server.',
    );
    expect(screen.getByTestId('backups-empty').textContent).toContain('SFTP');
    expect(screen.getByTestId('backup-new').getAttribute('aria-disabled')).toBe('true');
  });

  it('is not asked for without its permission, which is named', async () => {
    await shows(null, { isOwner: false, permissions: ['control.console'] });
    expect(screen.getByTestId('backups-refused').textContent).toContain('backup.read');
    expect(bridge.subscriptions.some(({ name }) => name === 'backups')).toBe(false);
  });

  it('that cannot be read says why and is read again; an old list stays, with its age', async () => {
    await shows({ list: null, problem: aProblem('panel-unreachable'), byRule: [] });
    expect(screen.getByTestId('backups-problem')).toBeTruthy();
    const before = sent('backups.refresh').length;
    await user.click(screen.getByTestId('backups-again'));
    expect(sent('backups.refresh')).toHaveLength(before + 1);
    bridge.change('backups', listOf([aBackup('b1')]));
    await tick();
    expect(screen.queryByTestId('backups-problem')).toBeNull();
    const { list } = listOf([aBackup('b1')]);
    bridge.change('backups', { list, problem: aProblem('panel-unreachable'), byRule: [] });
    await tick();
    expect(rows()).toHaveLength(1);
    expect(screen.getByTestId('backups-old').textContent).toContain('This list is from just now.');
  });

  it('names who made each backup', async () => {
    const backups = [aBackup('b3', { bySchedule: true }), aBackup('b2'), aBackup('b1')];
    await shows({ ...listOf(backups), byRule: ['b2'] });
    const [schedule, rule, unknown] = rows().map((row) => row.textContent);
    expect(schedule).toContain('schedule');
    expect(rule).toContain('Perch, by rule');
    expect(unknown).not.toContain('Perch');
  });

  it('of a closed server says why instead of an error, and is read again afterwards', async () => {
    await shows({ list: null, problem: aProblem('conflict'), byRule: [] }, { condition: 'suspended' });
    expect(screen.getByTestId('backups-closed').textContent).toContain('suspended');
    expect(screen.queryByTestId('backups-problem')).toBeNull();
    expect(sent('backups.refresh')).toEqual([]);
    await becomes({ condition: 'normal' });
    expect(sent('backups.refresh')).toEqual([{ serverId: id }]);
  });
});

describe('a new backup', () => {
  it('names the files that it leaves out, is sent as typed, and closes its form', async () => {
    await shows(listOf([]));
    bridge.answer('backups.create', aRunningBackup('b1'));
    await user.click(screen.getByTestId('backup-new'));
    await user.type(screen.getByTestId('backup-name'), ' Before the update ');
    await user.type(screen.getByTestId('backup-ignored'), '*.log\n\n/cache/');
    expect(screen.getByTestId('backup-leaves').textContent).toContain('whose names end with “.log”');
    expect(screen.getByTestId('backup-leaves').textContent).toContain('the folder “cache”');
    await user.click(screen.getByRole('switch', { name: /Lock the backup/ }));
    await user.click(screen.getByTestId('backup-create'));
    expect(sent('backups.create')).toEqual([
      { serverId: id, name: 'Before the update', ignored: ['*.log', '/cache/'], locked: true },
    ]);
    await waitFor(() => expect(screen.queryByTestId('backup-form')).toBeNull());
  });

  it('keeps a refused draft, which counts as a draft of the server until it is discarded', async () => {
    await shows(listOf([]));
    bridge.refuse('backups.create', aProblem('rate-limited'));
    await user.click(screen.getByTestId('backup-new'));
    await user.type(screen.getByTestId('backup-name'), 'Kept');
    expect(state.forms.serversWithDrafts).toEqual([id]);
    await user.click(screen.getByTestId('backup-create'));
    expect(await screen.findByTestId('backup-problem')).toBeTruthy();
    expect(screen.getByTestId('backup-name')).toHaveProperty('value', 'Kept');
    await user.click(screen.getByTestId('backup-discard'));
    expect(screen.queryByTestId('backup-form')).toBeNull();
    expect(state.forms.serversWithDrafts).toEqual([]);
  });

  it('names the throttle and a running backup before the user tries', async () => {
    const wall = Date.now();
    await shows(
      listOf([aRunningBackup('b2', { createdAt: wall }), aBackup('b1', { createdAt: wall - 60_000 })]),
    );
    await user.click(screen.getByTestId('backup-new'));
    expect(screen.getByTestId('backup-running-note').textContent).toContain(
      'A backup is being made already.',
    );
    expect(screen.getByTestId('backup-throttle-note').textContent).toContain('for 10 min');
  });

  it('is blocked at the limit, and offers no lock without the permission to delete', async () => {
    await shows(listOf([aBackup('b1')], 1));
    expect(screen.getByTestId('backup-new').dataset['tip']).toContain('at most 1 backup.');
    await becomes({ isOwner: false, permissions: ['backup.read', 'backup.create'] });
    bridge.change('backups', listOf([aBackup('b1')], 2));
    await tick();
    await user.click(screen.getByTestId('backup-new'));
    expect(screen.queryByRole('switch', { name: /Lock the backup/ })).toBeNull();
  });
});

describe('the menu of a backup', () => {
  it('locks, and is blocked by a missing permission with its name', async () => {
    await shows(listOf([aBackup('b1')]));
    await fromMenu(/^Lock/);
    expect(sent('backups.lock')).toEqual([{ serverId: id, backup: 'b1', locked: true }]);
    await becomes({ isOwner: false, permissions: ['backup.read'] });
    const item = await fromMenu(/^Lock/);
    expect(item.getAttribute('aria-disabled')).toBe('true');
    expect(sent('backups.lock')).toHaveLength(1);
  });

  it('renames on Pelican only', async () => {
    await shows(listOf([aBackup('b1', { name: 'Old' })]), {
      naming: { nameMax: 255, descriptionMax: null, description: 'apart' },
    });
    await fromMenu(/^Rename/);
    const box = await screen.findByRole('textbox', { name: 'Name' });
    await user.clear(box);
    await user.type(box, 'New{Enter}');
    expect(sent('backups.rename')).toEqual([{ serverId: id, backup: 'b1', name: 'New' }]);
    await becomes({});
    await user.keyboard('{Escape}');
    const [button] = within(rows()[0] ?? document.body).getAllByRole('button');
    if (button !== undefined) await user.click(button);
    expect(
      within(await screen.findByTestId('backup-menu')).queryByRole('menuitem', { name: /^Rename/ }),
    ).toBeNull();
  });

  it('keeps a locked backup, and says to unlock it first', async () => {
    await shows(listOf([aBackup('b1', { locked: true })]));
    const item = await fromMenu(/^Delete/);
    expect(item.getAttribute('aria-disabled')).toBe('true');
    expect(screen.queryByTestId('backup-delete-question')).toBeNull();
  });
});

describe('deleting', () => {
  it('is asked for by the Delete key, and a refusal stays in the question', async () => {
    await shows(listOf([aRunningBackup('b2', { name: 'Now' }), aBackup('b1')]));
    bridge.refuse('backups.delete', aProblem('node-unreachable'));
    within(rows()[0] ?? document.body)
      .getAllByRole('button')[0]
      ?.focus();
    await user.keyboard('{ArrowDown}{ArrowUp}{Delete}');
    const question = await screen.findByTestId('backup-delete-question');
    expect(question.textContent).toContain('Delete the backup “Now”?');
    expect(question.textContent).toContain('still being made');
    await user.click(screen.getByTestId('backup-delete-go'));
    expect(sent('backups.delete')).toEqual([{ serverId: id, backup: 'b2' }]);
    expect(await screen.findByTestId('backup-delete-problem')).toBeTruthy();
    bridge.change('backups', listOf([aBackup('b1')]));
    await waitFor(() => expect(screen.queryByTestId('backup-delete-question')).toBeNull());
  });
});

describe('restoring', () => {
  it('asks for the server’s name, explains what deleting all files means, and is followed to Start', async () => {
    await shows(listOf([aBackup('b1', { name: 'Nightly' })]), { power: 'running' });
    await fromMenu(/^Restore/);
    const go = await screen.findByTestId('restore-go');
    expect(go.getAttribute('aria-disabled')).toBe('true');
    await user.click(screen.getByRole('switch', { name: /Delete all files/ }));
    expect(screen.getByTestId('restore-question').textContent).toContain('all files are lost');
    await user.type(screen.getByTestId('restore-confirm-name'), 'Survival');
    await user.click(go);
    expect(sent('backups.restore')).toEqual([{ serverId: id, backup: 'b1', truncate: true }]);
    await waitFor(() => expect(screen.queryByTestId('restore-question')).toBeNull());
    await becomes({ power: 'offline', condition: 'restoring' });
    expect(screen.getByTestId('restoration').textContent).toContain('is being restored');
    await becomes({ power: 'offline' });
    expect(screen.getByTestId('restoration').textContent).toContain('has ended');
    await user.click(screen.getByTestId('restoration-start'));
    expect(sent('power.send')).toEqual([{ serverId: id, signal: 'start' }]);
    expect(screen.queryByTestId('restoration')).toBeNull();
  });

  it('waits for the end of a backup of the present files', async () => {
    const backup = aBackup('b1', { name: 'Nightly' });
    await shows(listOf([backup]));
    bridge.answer('backups.create', aRunningBackup('b2'));
    await fromMenu(/^Restore/);
    await user.type(await screen.findByTestId('restore-confirm-name'), 'Survival');
    await user.click(screen.getByTestId('backup-first'));
    expect(sent('backups.create')).toEqual([
      { serverId: id, name: 'Before restoring Nightly', ignored: [], locked: false },
    ]);
    bridge.change('backups', listOf([aRunningBackup('b2', { createdAt: 3000 }), backup]));
    await tick();
    await user.click(screen.getByTestId('restore-go'));
    expect(sent('backups.restore')).toEqual([]);
    bridge.change('backups', listOf([aBackup('b2', { bytes: 1024 }), backup]));
    await tick();
    expect(screen.getByTestId('backup-first-state').textContent).toContain('backed up (1 KiB)');
    await user.click(screen.getByTestId('restore-go'));
    expect(sent('backups.restore')).toEqual([{ serverId: id, backup: 'b1', truncate: false }]);
  });

  it('of a failed backup, or while the server is closed, is blocked with the reason', async () => {
    await shows(listOf([aBackup('b1', { state: 'failed' })]));
    const item = await fromMenu(/^Restore/);
    expect(item.getAttribute('aria-disabled')).toBe('true');
    expect(screen.queryByTestId('restore-question')).toBeNull();
  });
});

describe('a host that allows no backups', () => {
  const one = { serverId: id, id: 'f1', problem: null };

  it('offers to choose a folder, then a backup of the files to this computer', async () => {
    await shows(listOf([], 0));
    await user.click(screen.getByTestId('files-here-folder'));
    expect(sent('copies.chooseFolder')).toHaveLength(1);
    bridge.snapshot('settings', someSettings({ copiesFolder: '/copies' }));
    await tick();
    await user.click(screen.getByTestId('files-here-begin'));
    expect(sent('backups.here')).toEqual([{ serverId: id }]);
  });

  it('shows each step, and the reason for a missing copy', async () => {
    await shows(listOf([], 0));
    const here = screen.getByTestId('files-here');
    bridge.snapshot('fileBackups', [{ ...one, step: 'compress' }]);
    await tick();
    expect(here.textContent).toContain('being packed');
    expect(screen.queryByTestId('files-here-folder')).toBeNull();
    bridge.snapshot('fileBackups', [{ ...one, step: 'download' }]);
    await tick();
    expect(here.textContent).toContain('being downloaded');
    bridge.snapshot('fileBackups', [{ ...one, step: 'remove', problem: aProblem('node-unreachable') }]);
    await tick();
    expect(here.textContent).toContain('still has to remove');
    bridge.snapshot('fileBackups', [{ ...one, step: 'failed', problem: aProblem('conflict') }]);
    await tick();
    expect(screen.getByTestId('files-here-problem')).toBeDefined();
    expect(here.textContent).toContain('allows no backups');
    bridge.snapshot('fileBackups', []);
    await tick();
    expect(screen.queryByTestId('files-here-problem')).toBeNull();
  });

  it('names the permission that is missing', async () => {
    await shows(listOf([], 0), { permissions: ['backup.read', 'file.read'] });
    bridge.snapshot('settings', someSettings({ copiesFolder: '/copies' }));
    await tick();
    await user.click(screen.getByTestId('files-here-begin'));
    expect(sent('backups.here')).toEqual([]);
  });
});
