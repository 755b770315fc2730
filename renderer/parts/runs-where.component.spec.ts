/** The badge with the place where a planned action runs. */
import { render, screen } from '@testing-library/svelte';
import { tick, type Component } from 'svelte';
import { describe, expect, it } from 'vitest';
import { someSettings } from '../../tests/support/entities.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { createWindowState } from '../state/window-state.js';
import Frame from '../views/frame.svelte';
import { awakeWords } from './runs-where.js';
import RunsWhere from './runs-where.svelte';

const known = (at: number) => Array.from({ length: 24 }, (_, hour) => (hour === 4 ? at : 0));

async function shown(props: { where: 'panel' | 'perch'; minute?: number; full?: boolean }, at = 0) {
  const bridge = new FakeBridge();
  const view: Component = (internals) => RunsWhere(internals, props);
  render(Frame, { view, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [], servers: [] });
  bridge.snapshot('memory', {
    eventsSeenAt: 0,
    shownOnce: [],
    stoppedTogether: null,
    othersShown: null,
    visits: [],
    sharedLogs: [],
    awakeHours: known(at),
  });
  await tick();
  return screen.getByTestId(`runs-where-${props.where}`);
}

describe('the badge of a planned action', () => {
  it('says for the panel that this computer does not matter', async () => {
    const badge = await shown({ where: 'panel' });
    expect(badge.textContent.trim()).toMatch(/^Runs on the panel\s+The panel acts even while/);
    expect(badge.querySelector('[data-tip]')?.getAttribute('data-tip')).toContain('this computer is off');
  });

  it('says for Perch when Perch last ran at that time, in the row for screen readers alone', async () => {
    const badge = await shown({ where: 'perch', minute: 4 * 60 }, Date.now());
    expect(badge.querySelector('.unseen')?.textContent).toBe('Perch ran at 04:00 today.');
  });

  it('says the sentence in full below the badge of a form', async () => {
    const badge = await shown({ where: 'perch', minute: 5 * 60, full: true }, Date.now());
    expect(badge.textContent).toContain('Perch has not run at 05:00 on this computer yet.');
    expect(badge.querySelector('.unseen')).toBeNull();
  });
});

describe('when Perch last ran at a time of day', () => {
  const wall = new Date(2026, 10, 30, 12).getTime();
  const words = (at: number) => awakeWords(known(at), 4 * 60 + 30, wall);

  it('is today, yesterday, a day, or never', () => {
    expect(words(new Date(2026, 10, 30, 4, 2).getTime())).toBe('Perch ran at 04:30 today.');
    expect(words(new Date(2026, 10, 29, 4, 59).getTime())).toBe('Perch last ran at 04:30 yesterday.');
    expect(words(new Date(2026, 10, 21, 4).getTime())).toBe('Perch last ran at 04:30 on Nov 21, 2026.');
    expect(words(0)).toBe('Perch has not run at 04:30 on this computer yet.');
    expect(awakeWords([], 0, wall)).toContain('00:00');
  });
});
