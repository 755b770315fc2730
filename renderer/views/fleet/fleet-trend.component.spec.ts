import { render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';
import FleetTrend from './fleet-trend.svelte';

const gib = 1_073_741_824;
const point = (minute: number, cpuPercent: number, memoryBytes: number) => ({
  at: minute * 60_000,
  cpuPercent,
  memoryBytes,
  afterGap: false,
});
const limits = { cpuPercent: 200, memoryBytes: 2 * gib, diskBytes: null };

describe('the last hour of a server', () => {
  it('has two lines relative to their limits, and names both maxima', () => {
    render(FleetTrend, { points: [point(0, 0, 0), point(60, 100, gib)], limits });
    const svg = screen.getByRole('img', { name: 'In the last hour: CPU up to 100 %, memory up to 1 GiB' });
    // Both lines of the chart end halfway up.
    const ends = ['.cpu', '.memory'].map((line) => svg.querySelector(line)?.getAttribute('d'));
    expect(ends).toEqual(['M0.0 22.0L300.0 11.0', 'M0.0 22.0L300.0 11.0']);
  });

  it('is empty and silent without figures', () => {
    render(FleetTrend, { points: [], limits });
    expect(screen.queryByRole('img')).toBeNull();
  });
});

describe('the table', () => {
  let undo: () => void;
  beforeEach(() => (undo = layOutScrollers(120)));
  afterEach(() => undo());

  it('requests the last hour of the visible rows only', async () => {
    const bridge = new FakeBridge();
    bridge.answer('history.sparks', {
      lines: [{ serverId: 'home/0', points: [point(0, 1, 1), point(1, 2, 2)] }],
    });
    render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
    bridge.snapshot('settings', someSettings());
    const servers = Array.from({ length: 200 }, (_, at) =>
      aServer({ id: `home/${at}`, name: `World ${at}` }),
    );
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    await tick();
    expect(await screen.findAllByRole('img', { name: /^In the last hour/ })).toHaveLength(1);
    const asked = bridge.calls.filter(({ name }) => name === 'history.sparks');
    expect(asked).toHaveLength(1);
    const { serverIds } = asked[0]?.input as { serverIds: string[] };
    expect(serverIds).toContain('home/0');
    expect(serverIds.length).toBeLessThan(40);
  });
});
