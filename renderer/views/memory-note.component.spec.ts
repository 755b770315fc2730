/** All places with a server's memory and its limit explain the two limits where they differ. */
import { render, screen } from '@testing-library/svelte';
import { tick, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../tests/support/laid-out.js';
import { PerchClient } from '../api.js';
import { ServerLayout } from '../state/server-layout.svelte.js';
import { UsageFeed } from '../state/usage/usage-feed.svelte.js';
import { UsagePast } from '../state/usage/usage-past.svelte.js';
import { createWindowState } from '../state/window-state.js';
import Frame from './frame.svelte';
import MainWindow from './main-window.svelte';
import Popover from './popover/popover.svelte';
import ChartsPanel from './server/charts/charts-panel.svelte';
import { CrossHair } from './server/charts/cross-hair.svelte.js';
import { UsageView } from './server/charts/usage-view.svelte.js';
import FiguresStrip from './server/figures-strip.svelte';

const note = '4,096 MB bought, the node grants 3.8 GiB';
const usage = {
  at: 0,
  cpuPercent: 3,
  memoryBytes: 1024 ** 3,
  memoryLimitBytes: 3.8 * 1024 ** 3,
  diskBytes: 0,
  networkRxBytes: 0,
  networkTxBytes: 0,
  uptimeMs: 60_000,
};
const limits = { cpuPercent: null, memoryBytes: 4096 * 1_048_576, diskBytes: null };
const server = aServer({ id: 'home/1', name: 'Survival', power: 'running', limits, usage });

let bridge: FakeBridge;
let undo: () => void;
beforeEach(() => (undo = layOutScrollers(400)));
afterEach(() => undo());

async function shows(make: (state: ReturnType<typeof createWindowState>, client: PerchClient) => Component) {
  bridge = new FakeBridge();
  const client = new PerchClient(bridge);
  const state = createWindowState(client);
  render(Frame, { view: make(state, client), state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', {
    accounts: [anAccount()],
    servers: [server, aServer({ id: 'home/other', name: 'Other' })],
  });
  await tick();
  return state;
}

const tipsOf = (selector: string): (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>(selector)].map(({ dataset }) => dataset['tip']);

describe('the bought memory and the memory that the node grants', () => {
  it('is explained in the table, visibly and for screen readers', async () => {
    await shows(() => MainWindow);
    const tip = tipsOf('[data-testid=fleet-row] .memory').at(-1);
    expect(tip).toContain(note);
    const cell = screen.getAllByTestId('fleet-row').at(-1)?.querySelector('.memory');
    expect(cell?.getAttribute('aria-description')).toContain(note);
  });

  it('is explained in the line of figures', async () => {
    await shows(() => (anchor) => FiguresStrip(anchor, { server }));
    expect(tipsOf('[data-testid=figures] .memory')).toEqual([note]);
    expect(screen.getByTestId('figures').textContent).toContain(note);
  });

  it('is explained in the memory chart', async () => {
    await shows((_state, client) => (anchor) => {
      const feed = new UsageFeed(client, server.id);
      const past = new UsagePast(client, server.id);
      const now = { at: 0, read: () => 0 };
      const view = new UsageView({ layout: new ServerLayout(), feed, past, now, crashedAt: () => null });
      return ChartsPanel(anchor, { server, view, crossHair: new CrossHair(), compact: false });
    });
    expect(tipsOf('[data-testid=chart-memory] .limit')).toEqual([note]);
  });

  it('is explained in the popover', async () => {
    await shows(() => Popover);
    expect(tipsOf('[data-testid=server-row] .memory')).toEqual([note]);
  });
});
