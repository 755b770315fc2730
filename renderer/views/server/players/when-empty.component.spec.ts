/** What happens to an empty server: choice by keys, the line with its time, and the button to run on. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EmptyWatch, EmptyWish } from '../../../../bridge/schema/when-empty.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import '../../../../tests/support/every-area.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import WhenEmpty from './when-empty.svelte';

const user = userEvent.setup();
const id = 'home/u0';
let bridge: FakeBridge;

async function shows(wish?: EmptyWish, watch: Partial<EmptyWatch> = {}): Promise<void> {
  const server = aServer({ id, name: 'Survival', power: 'running' });
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) => WhenEmpty(anchor, { server });
  const nothing: Component = () => ({});
  const { rerender } = render(Frame, { view: nothing, state });
  bridge.snapshot('settings', someSettings({ whenEmpty: wish === undefined ? {} : { [id]: wish } }));
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  await rerender({ view, state });
  const shown: EmptyWatch = {
    serverId: id,
    phase: 'waits',
    why: null,
    at: null,
    times: 0,
    problem: null,
    ...watch,
  };
  bridge.snapshot('whenEmpty', wish === undefined ? [] : [shown]);
  await tick();
}

const sent = (name: string): unknown[] =>
  bridge.calls.filter((call) => call.name === name).map(({ input }) => input);
const line = (): string =>
  screen.queryByTestId('when-empty-line')?.textContent.replace(/\s+/g, ' ').trim() ?? '';
const stop: EmptyWish = { does: 'stop', minutes: 20 };

/** Moves by this number of options from the chosen option. */
async function choose(testid: string, steps: number): Promise<void> {
  const box = screen.getByTestId(testid);
  box.focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(box.getAttribute('aria-activedescendant')).not.toBeNull());
  const key = steps > 0 ? 'ArrowDown' : 'ArrowUp';
  await user.keyboard(`{${key}>${Math.abs(steps)}}{/${key}}{Enter}`);
}

beforeEach(() => {
  bridge = new FakeBridge();
  bridge.answerWith('players.setWhenEmpty', () => undefined);
  bridge.answerWith('players.keepRunning', () => undefined);
});

describe('the line', () => {
  it('is not there without a wish', async () => {
    await shows();
    expect(line()).toBe('');
    expect(screen.getByTestId('when-empty-open')).toBeTruthy();
  });

  it('says when the server stops, and lets it run on by one press', async () => {
    await shows(stop, { phase: 'counts', at: Date.now() + 600_000, times: 3 });
    expect(line()).toMatch(/^Stops at \d\d:\d\d unless somebody joins So far Perch has done this 3 times\./);
    screen.getByTestId('keep-running').focus();
    await user.keyboard('{Enter}');
    expect(sent('players.keepRunning')).toEqual([{ serverId: id }]);
  });

  it.each<[Partial<EmptyWatch>, string]>([
    [{ why: 'players' }, 'Stops after 20 min without players Somebody is on.'],
    [
      { why: 'unknown' },
      'Stops after 20 min without players Perch does not know the number of players, so nothing happens.',
    ],
    [{ phase: 'asks', at: 5 }, 'Asking the game once more whether somebody is on'],
    [{ phase: 'sent' }, 'Perch has stopped the server: nobody was on for 20 min.'],
  ])('%j: %s', async (watch, words) => {
    await shows(stop, watch);
    expect(line()).toContain(words);
    expect(screen.queryByTestId('keep-running') === null).toBe(watch.phase !== 'asks');
  });

  it('names the obstacle that keeps Perch from acting', async () => {
    await shows(stop, { why: 'blocked', problem: aProblem('forbidden') });
    expect(line()).toContain('Stops after 20 min without players');
    expect(line().length).toBeGreaterThan(60);
  });
});

describe('the choice', () => {
  it('sends each change at once, by keyboard', async () => {
    await shows();
    screen.getByTestId('when-empty-open').focus();
    await user.keyboard('{Enter}');
    expect(screen.queryByTestId('when-empty-minutes')).toBeNull();
    await choose('when-empty-does', 3);
    expect(sent('players.setWhenEmpty')).toEqual([
      { serverId: id, wish: { does: 'restart', minutes: 20, everyHours: 24 } },
    ]);
  });

  it('keeps the other choices, also a time that is not offered', async () => {
    await shows({ does: 'restart', minutes: 45, everyHours: 10 });
    await user.click(screen.getByTestId('when-empty-open'));
    expect(screen.getByTestId('when-empty-minutes').textContent).toContain('45 min');
    await choose('when-empty-hours', 1);
    await choose('when-empty-does', -3);
    expect(sent('players.setWhenEmpty')).toEqual([
      { serverId: id, wish: { does: 'restart', minutes: 45, everyHours: 12 } },
      { serverId: id, wish: null },
    ]);
  });

  it('says why a change was refused', async () => {
    bridge.refuse('players.setWhenEmpty', aProblem('internal'));
    await shows(stop);
    await user.click(screen.getByTestId('when-empty-open'));
    await choose('when-empty-minutes', 1);
    expect(await screen.findByTestId('when-empty-problem')).toBeTruthy();
  });
});
