/** Quiet backups in the window: the choice in the form, the line with the steps, and the way back. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../bridge/schema/domain.js';
import type { QuietBackup } from '../../../bridge/schema/quiet-backups.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { PerchClient } from '../../api.js';
import type { WindowState } from '../../state/context.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import BackupsTab from './backups/backups-tab.svelte';
import QuietLine from './quiet-line.svelte';

const id = 'home/u0';
const user = userEvent.setup();
let bridge: FakeBridge;
let state: WindowState;

beforeEach(async () => {
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
  const props = {
    get server() {
      return state.fleet.server(id) ?? aServer({ id });
    },
  };
  const view: Component = (anchor) => {
    QuietLine(anchor, props);
    return BackupsTab(anchor, props);
  };
  const nothing: Component = () => ({});
  // The server is known before the tab is shown, as in a window.
  const { rerender } = render(Frame, { view: nothing, state });
  state.quiet.start();
  bridge.snapshot('quiet', []);
  bridge.snapshot('settings', someSettings());
  await shows({});
  await rerender({ view, state });
  bridge.snapshot('backups', { list: { backups: [], limit: 5, used: 0 }, problem: null });
  await tick();
});

async function shows(fields: Partial<Server>): Promise<void> {
  const server = aServer({ id, permissions: ['*'], power: 'running', game: 'minecraft', ...fields });
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
}

async function becomes(fields: Partial<QuietBackup>): Promise<void> {
  const backup: QuietBackup = {
    serverId: id,
    means: 'saving',
    step: 'flush',
    owed: 'save-on',
    backup: null,
    trouble: null,
    problem: null,
    ...fields,
  };
  bridge.change('quiet', [backup]);
  await tick();
}

const sent = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
const quietly = (): HTMLElement => screen.getByRole('switch', { name: /^Quietly/ });

describe('the form for a new backup', () => {
  beforeEach(async () => {
    await user.click(screen.getByTestId('backup-new'));
    await user.click(quietly());
  });

  it('names the effect on the server, and begins a quiet backup', async () => {
    expect(screen.getByTestId('quiet-will').textContent).toContain('switches its saving off');
    expect(screen.getByTestId('quiet-will').textContent).toContain('Usual for Minecraft Java: Saving off.');
    await user.type(screen.getByTestId('backup-name'), 'Nightly');
    expect(screen.getByTestId('backup-create').textContent).toContain('Back up quietly');
    await user.click(screen.getByTestId('backup-create'));
    expect(sent('backups.quietly')).toEqual([{ serverId: id, name: 'Nightly', ignored: [], locked: false }]);
    expect(sent('backups.create')).toEqual([]);
    await tick();
    expect(screen.queryByTestId('backup-form')).toBeNull();
  });

  it('keeps the means of the server, and forgets a choice that is the usual one', async () => {
    bridge.answer('settings.update', someSettings({ quietBackups: { [id]: 'stop' } }));
    await user.click(screen.getByRole('radio', { name: 'Stop and start' }));
    expect(sent('settings.update')).toEqual([{ quietBackups: { [id]: 'stop' } }]);
    expect(screen.getByTestId('quiet-will').textContent).toContain('warns the players for 5 minutes, stops');
    await user.click(screen.getByRole('radio', { name: 'Saving off' }));
    expect(sent('settings.update').at(-1)).toEqual({ quietBackups: {} });
  });

  it('offers no saving to a game that cannot switch it off, and leaves a stopped server alone', async () => {
    await shows({ game: 'rust' });
    expect(screen.getAllByRole('radio').map((one) => (one as HTMLInputElement).value)).toEqual([
      'stop',
      'as-is',
    ]);
    await shows({ power: 'offline' });
    expect(screen.queryByTestId('quiet-means')).toBeNull();
    expect(screen.getByTestId('quiet-will').textContent).toContain('It stays stopped.');
  });

  it('names the obstacle of a quiet backup', async () => {
    await shows({ permissions: ['backup.create', 'backup.read'] });
    expect(screen.getByTestId('backup-blocked').textContent).toContain('control.console');
    await shows({ power: 'starting' });
    expect(screen.getByTestId('backup-blocked').textContent).toContain('just starting or stopping');
    await shows({});
    await becomes({});
    expect(screen.getByTestId('backup-blocked').textContent).toContain('in progress');
    await user.click(screen.getByTestId('backup-create'));
    expect(sent('backups.quietly')).toEqual([]);
  });
});

describe('the line about a quiet backup', () => {
  const items = (): string[] =>
    screen.getAllByRole('listitem').map((item) => item.textContent.replaceAll(/\s+/g, ' ').trim());

  it('has the steps that were seen, and brings the server back', async () => {
    expect(screen.queryByTestId('quiet-line')).toBeNull();
    await becomes({});
    expect(screen.getByTestId('quiet-line').textContent).toContain('2 of 5 steps done');
    expect(items()).toEqual([
      '✓Players told done',
      '✓Saving off done',
      '◐World written',
      '○Backup made',
      '○Saving on',
    ]);
    expect(screen.getAllByRole('listitem')[2]?.getAttribute('aria-current')).toBe('step');
    await user.click(screen.getByTestId('quiet-bring-back'));
    expect(sent('backups.bringBack')).toEqual([{ serverId: id }]);
  });

  it('cancels warnings before a stop, and has no button if no step remains', async () => {
    await becomes({ means: 'stop', step: 'warn', owed: null });
    expect(screen.queryByTestId('quiet-bring-back')).toBeNull();
    await user.click(screen.getByTestId('quiet-cancel'));
    expect(sent('backups.bringBack')).toEqual([{ serverId: id }]);
    await becomes({ means: 'as-is', step: 'wait', owed: null });
    expect(screen.queryByTestId('quiet-cancel')).toBeNull();
  });

  it('says why Perch is bringing the server back, and what a person can do once Perch gave up', async () => {
    await becomes({ step: 'back', trouble: 'late' });
    expect(screen.getByTestId('quiet-line').textContent).toMatch(/switching saving on.*did not end in time/s);
    await becomes({ means: 'stop', step: 'stuck', owed: 'start', trouble: 'interrupted' });
    expect(screen.getByTestId('quiet-stuck').textContent).toMatch(/still stopped.*Start it if Perch/s);
    await becomes({ step: 'stuck', problem: aProblem('node-unreachable'), trouble: 'late' });
    expect(screen.getByTestId('quiet-stuck').textContent).toMatch(/Saving is still off.*Enter save-on/s);
    await user.click(screen.getByTestId('quiet-bring-back'));
    expect(sent('backups.bringBack')).toEqual([{ serverId: id }]);
  });
});
