import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BulkItem } from '../../../bridge/schema/bulk.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { say } from '../../../messages/messages.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
let bridge: FakeBridge;
let undo: () => void;

beforeEach(() => {
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings({ bulkPauseMs: 2000 }));
});
afterEach(() => undo());

async function showFleet(homes: number, works: number): Promise<void> {
  const of = (accountId: string, count: number) =>
    Array.from({ length: count }, (_none, at) =>
      aServer({ id: `${accountId}/${at}`, accountId, name: `${accountId} ${at}`, power: 'running' }),
    );
  bridge.snapshot('fleet', {
    accounts: [anAccount({ id: 'home', label: 'Harbor' }), anAccount({ id: 'work', label: 'Office' })],
    servers: [...of('home', homes), ...of('work', works)],
  });
  await tick();
}

async function askToStopAll(): Promise<HTMLElement> {
  await user.click(screen.getByTestId('fleet-more'));
  await user.click(await screen.findByTestId('stop-all'));
  return screen.findByRole('dialog');
}

const starts = () => bridge.calls.filter(({ name }) => name === 'bulk.start');

describe('the question before many are stopped', () => {
  it('takes two presses, with the focus on Cancel and the other button marked as dangerous', async () => {
    await showFleet(3, 0);
    expect(screen.queryByTestId('stop-all')).toBeNull();
    const question = within(await askToStopAll());
    expect(document.activeElement).toBe(question.getByRole('button', { name: 'Cancel' }));
    const go = question.getByTestId('bulk-go');
    expect(go.classList.contains('destroy')).toBe(true);
    expect(question.queryByTestId('bulk-typed')).toBeNull();
    expect(question.getByText('home 2')).toBeTruthy();
    expect(question.getByText(/^Perch reaches the last server in about 4 s\./)).toBeTruthy();
    await user.click(go);
    expect(starts()).toHaveLength(1);
  });

  it('estimates the duration only roughly', async () => {
    await showFleet(400, 250);
    const question = within(await askToStopAll());
    expect(question.getByText(/\babout 20 min\b/)).toBeTruthy();
  });

  it('groups more than twenty servers by panel, and stops them once their number is typed', async () => {
    await showFleet(14, 8);
    const question = within(await askToStopAll());
    const sums = question.getAllByTestId('bulk-panel-sum');
    expect(sums.map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'Harbor 14 servers',
      'Office 8 servers',
    ]);
    expect(question.queryByText('work 7')).toBeNull();
    await user.click(question.getByRole('button', { name: /Office/ }));
    expect(question.getByText('work 7')).toBeTruthy();
    const go = question.getByTestId('bulk-go');
    await user.click(go);
    await user.type(question.getByTestId('bulk-typed'), '2{Enter}');
    expect(document.activeElement).not.toBe(go);
    expect(starts()).toEqual([]);
    await user.type(question.getByTestId('bulk-typed'), '2{Enter}');
    expect(document.activeElement).toBe(go);
    expect(starts()).toEqual([]);
    await user.keyboard('{Enter}');
    expect(starts()).toHaveLength(1);
  });

  it('keeps the pause on Enter with a note, and sends no signal', async () => {
    await showFleet(2, 0);
    const question = within(await askToStopAll());
    bridge.answer('settings.update', someSettings({ bulkPauseMs: 7000 }));
    const pause = question.getByTestId('bulk-pause');
    const hint = question.getByText('Press Enter to set the delay. Nothing is sent yet.');
    expect(pause.getAttribute('aria-describedby')).toBe(hint.id);
    expect(hint.classList).toContain('unseen');
    await user.click(pause);
    expect(hint.classList).not.toContain('unseen');
    await user.clear(pause);
    await user.type(pause, '7{Enter}');
    expect(question.getByText('Delay set to 7 s. Nothing was sent.')).toBeTruthy();
    expect(hint.classList).toContain('unseen');
    expect(bridge.calls).toContainEqual({ name: 'settings.update', input: { bulkPauseMs: 7000 } });
    expect(starts()).toEqual([]);
  });
});

describe('the question before many are restarted', () => {
  it('offers to wait until each server runs, with the longest wait', async () => {
    await showFleet(2, 0);
    await user.click(screen.getByTestId('fleet-more'));
    await user.click(await screen.findByTestId('restart-all'));
    const question = within(await screen.findByRole('dialog'));
    await user.click(question.getByRole('switch', { name: /Wait until each is running/ }));
    expect(question.getByText(/within 5 minutes counts as failed/)).toBeTruthy();
    expect(question.queryByText(/The last server/)).toBeNull();
    await user.click(question.getByTestId('bulk-go'));
    expect(starts()).toEqual([
      {
        name: 'bulk.start',
        input: { serverIds: ['home/0', 'home/1'], action: 'restart', waitsForEach: true },
      },
    ]);
  });
});

describe('the question before many are backed up', () => {
  it('backs them up quietly if wanted, and leaves out those that this is not possible for', async () => {
    const servers = (['running', 'starting'] as const).map((power, at) =>
      aServer({ id: `home/${at}`, name: `home ${at}`, power }),
    );
    bridge.snapshot('fleet', { accounts: [anAccount({ id: 'home' })], servers });
    await tick();
    await user.click(screen.getByTestId('fleet-more'));
    await user.click(await screen.findByTestId('back-up-all'));
    const question = within(await screen.findByRole('dialog'));
    expect(question.getByTestId('bulk-go').textContent).toContain('Back up 2 servers');
    const quietly = question.getByRole('switch', { name: /^Quietly/ });
    await user.click(quietly);
    expect(question.getByTestId('bulk-go').textContent).toContain('Back up 1 server');
    expect(question.getByText(/just starting or stopping/)).toBeTruthy();
    expect(document.activeElement).toBe(quietly);
    await user.click(question.getByTestId('bulk-go'));
    expect(starts()).toEqual([
      {
        name: 'bulk.start',
        input: { serverIds: ['home/0'], action: 'back-up', waitsForEach: false, quietly: true },
      },
    ]);
  });
});

describe('the question about servers that nobody has seen', () => {
  it('gives the number of servers that are read first', async () => {
    const servers = ['running', null, null].map((power, at) =>
      aServer({ id: `home/${at}`, name: `home ${at}`, power: power as 'running' | null }),
    );
    bridge.snapshot('fleet', { accounts: [anAccount({ id: 'home' })], servers });
    await tick();
    await user.click(screen.getByRole('checkbox', { name: say('fleet.select-all') }));
    const bar = within(await screen.findByTestId('bulk-bar'));
    await user.click(bar.getByRole('button', { name: say('signals.restart') }));
    const question = within(await screen.findByRole('dialog'));
    expect(question.getByTestId('bulk-unread').textContent).toMatch(/whether 2 of these servers run/);
  });
});

describe('the progress of many', () => {
  const items = (...outcomes: BulkItem['outcome'][]): BulkItem[] =>
    outcomes.map((outcome, at) => ({ serverId: `home/${at}`, name: `home ${at}`, outcome, problem: null }));
  const run = {
    id: 'run',
    action: 'restart',
    pauseMs: 0,
    startedAt: 0,
    nextAt: null,
    finishedAt: null,
    isCancelled: false,
    waitsForEach: false,
  };

  it('gives the number of done servers, and of all if some were not', async () => {
    await showFleet(3, 0);
    bridge.snapshot('bulk', { ...run, finishedAt: 9, items: items('done', 'done', 'done') });
    await tick();
    const panel = screen.getByTestId('bulk-progress');
    expect(within(panel).getByRole('button', { name: 'Restarted 3 servers' })).toBeTruthy();
    expect(panel.textContent).not.toMatch(/finished|3 done/i);
    bridge.change('bulk', { ...run, finishedAt: 9, items: items('done', 'failed', 'skipped') });
    await tick();
    expect(within(panel).getByRole('button', { name: 'Restarted 1 of 3 servers' })).toBeTruthy();
    expect(panel.textContent).toMatch(/1 failed · 1 skipped/);
  });

  it('names the server that the others wait for, with its distinction', async () => {
    await showFleet(3, 0);
    bridge.snapshot('bulk', { ...run, waitsForEach: true, items: items('done', 'sent', 'waiting') });
    await tick();
    const text = (): string => screen.getByTestId('bulk-progress').textContent;
    expect(text()).toContain('2 of 3 · waiting until “home 1 · Harbor” runs');
    const twins = ['1a2b3c4d', '5e6f7a8b', '9c0d1e2f'].map((identifier, at) =>
      aServer({ id: `home/${at}`, identifier, name: 'home 1' }),
    );
    bridge.snapshot('fleet', { accounts: [anAccount({ label: 'Harbor' })], servers: twins });
    await tick();
    expect(text()).toContain('waiting until “home 1 · Harbor · 5e6f7a8b” runs');
  });

  it('has its own mark for waiting servers', async () => {
    await showFleet(3, 0);
    bridge.snapshot('bulk', { ...run, items: items('done', 'sent', 'waiting') });
    await tick();
    await user.click(screen.getByRole('button', { name: 'Restarting 3 servers' }));
    const icons = screen.getAllByTestId('bulk-item').map((item) => item.querySelector('svg')?.outerHTML);
    expect(new Set(icons).size).toBe(3);
    expect(icons[2]).toContain('clock');
  });
});
