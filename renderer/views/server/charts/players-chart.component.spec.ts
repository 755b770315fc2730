import { render, screen } from '@testing-library/svelte';
import { tick, type Component } from 'svelte';
import { describe, expect, it } from 'vitest';
import { anAccount, aServer, playersOnline, someSettings } from '../../../../tests/support/entities.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { aSample } from '../../../../tests/support/samples.js';
import { PerchClient } from '../../../api.js';
import { ServerLayout } from '../../../state/server-layout.svelte.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import ChartsPanel from './charts-panel.svelte';
import { CrossHair } from './cross-hair.svelte.js';
import { UsageView } from './usage-view.svelte.js';

const at = 1_790_000_000_000;
const running = aServer({ id: 'home/1', name: 'Survival', power: 'running' });

interface Shown {
  readonly server?: typeof running;
  readonly samples?: readonly ReturnType<typeof aSample>[];
  readonly week?: unknown;
  readonly compact?: boolean;
}

async function show({ server = running, samples = [], week, compact = false }: Shown): Promise<void> {
  const bridge = new FakeBridge();
  bridge.answer('players.week', week ?? { peak: null, best: null });
  const client = new PerchClient(bridge);
  const state = createWindowState(client);
  const view = new UsageView({
    layout: new ServerLayout(),
    feed: { samples, since: at - 60_000 },
    past: { of: () => null, keep: () => () => undefined },
    now: { at, read: () => at },
    crashedAt: () => null,
  });
  const panel: Component = (anchor) =>
    ChartsPanel(anchor, { server, view, crossHair: new CrossHair(), compact });
  render(Frame, { view: panel, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  await tick();
}

describe('the chart of players', () => {
  it('shows the number now, with the slots of the game', async () => {
    await show({ server: { ...running, players: playersOnline(12, { slots: 40 }) } });
    expect(screen.getByTestId('chart-players').textContent).toMatch(/Players\s+12\s+of 40/);
    expect(screen.getByRole('slider', { name: /^Players 12 of 40/ })).toBeTruthy();
  });

  it('is away for a server whose players nobody counts', async () => {
    await show({ samples: [aSample(at - 5000)] });
    expect(screen.queryByTestId('chart-players')).toBeNull();
    expect(screen.queryByTestId('players-week')).toBeNull();
  });

  it('stays while the number is unknown, if the past has one', async () => {
    await show({ samples: [aSample(at - 5000, { players: 3 })] });
    const chart = screen.getByRole('slider', { name: 'Players: not measured right now, highest in view 3' });
    expect(chart).toBeTruthy();
  });

  it('says the peak of a month and the busiest hour', async () => {
    const week = { peak: { count: 31, at }, best: { weekday: 6, hour: 20, mean: 18.44 } };
    await show({ server: { ...running, players: playersOnline(1) }, week });
    const line = await screen.findByTestId('players-week');
    expect(line.textContent).toMatch(/Peak in 30 days: 31\s+Busiest: Saturday (at )?20:00/);
    expect(line.querySelectorAll('[data-tip]')[1]?.getAttribute('data-tip')).toBe('18.4 players on average');
  });

  it('leaves out the line where charts are small', async () => {
    const week = { peak: { count: 31, at }, best: null };
    await show({ server: { ...running, players: playersOnline(1) }, week, compact: true });
    expect(screen.getByTestId('chart-players')).toBeTruthy();
    expect(screen.queryByTestId('players-week')).toBeNull();
  });
});
