import { fireEvent, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newProblem } from '../../../bridge/errors.js';
import type { BackupRules } from '../../../bridge/schema/backup-rules.js';
import { sentence } from '../../../messages/messages.js';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { aBackup } from '../../../tests/support/fake-backups.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { layOutScrollers } from '../../../tests/support/laid-out.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';

const user = userEvent.setup();
/** The dialog is loaded at first use, which takes long on a busy machine. */
const patience = { timeout: 15_000 };
const group = { id: 'night', name: 'Night shift', isCollapsed: false, serverIds: ['home/Amber'] };
const seven = { last: 7, daily: 0, weekly: 0, monthly: 0 };
let bridge: FakeBridge;
let undo: () => void;

beforeEach(() => {
  undo = layOutScrollers(400);
  bridge = new FakeBridge();
  render(Frame, { view: MainWindow, state: createWindowState(new PerchClient(bridge)) });
});
afterEach(() => undo());

/** The dialog about the group, opened from its menu. */
async function open(backupRules: BackupRules = { all: {}, rules: [] }) {
  bridge.snapshot('settings', someSettings({ groups: [group], backupRules }));
  const servers = ['Amber', 'Basalt'].map((name) => aServer({ id: `home/${name}`, name }));
  bridge.snapshot('fleet', { accounts: [anAccount()], servers });
  await tick();
  await user.click(screen.getByRole('button', { name: 'More for the group Night shift' }));
  await user.click(await screen.findByTestId('menu-backup-rule', {}, patience));
  return within(await screen.findByTestId('backup-rule-question', {}, patience));
}

/** Opens the box, and presses these keys. */
async function choose(box: HTMLElement, keys: string): Promise<void> {
  box.focus();
  await user.keyboard('{Enter}');
  await vi.waitFor(() => expect(box.getAttribute('aria-activedescendant')).not.toBeNull(), patience);
  await user.keyboard(`${keys}{Enter}`);
}

const saved = (): unknown[] =>
  bridge.calls.flatMap((call) => (call.name === 'backupRules.set' ? call.input : []));

describe('the dialog about which backups stay', () => {
  it('names the inherited rule of a group, and shows no calendar while all backups stay', async () => {
    const dialog = await open();
    expect(dialog.getByTestId('rule-keep').textContent).toContain('As before: All backups stay');
    expect(dialog.getByTestId('rule-preview-none').textContent).toBe('Perch deletes no backups.');
    expect(dialog.queryByTestId('rule-preview')).toBeNull();
  });

  it('shows the inherited rule in the calendar, from the first to the last day', async () => {
    const dialog = await open({ all: { keep: seven }, rules: [] });
    expect(dialog.getByTestId('rule-keep').textContent).toContain('As before: the 7 newest stay');
    const count = dialog.getByTestId('rule-preview-count');
    expect(count.textContent).toMatch(/^7 backups exist on .+, the oldest from /);
    const day = dialog.getByTestId<HTMLInputElement>('rule-preview-day');
    expect(day.getAttribute('aria-valuetext')).toBe(count.textContent);
    const slide = async (value: string): Promise<void> => {
      day.value = value;
      day.dispatchEvent(new Event('input', { bubbles: true }));
      await tick();
    };
    await slide('2');
    expect(count.textContent).toMatch(/^3 backups exist/);
    await slide('0');
    expect(count.textContent).toMatch(/^1 backup exists/);
    const cells = dialog.getByTestId('rule-preview').querySelectorAll('.week .cell');
    expect(cells).toHaveLength(Number(day.max) + 1);
  });

  it('changes the calendar with each number, and saves no rule before Save', async () => {
    const dialog = await open();
    await choose(dialog.getByTestId('rule-keep'), '{End}');
    const newest = dialog.getByTestId<HTMLInputElement>('keep-last');
    for (const tier of ['daily', 'weekly', 'monthly']) {
      const field = dialog.getByTestId(`keep-${tier}`);
      await user.clear(field);
      await user.type(field, '0{Tab}');
    }
    await user.clear(newest);
    await user.type(newest, '5{Tab}');
    expect(dialog.getByTestId('rule-preview-count').textContent).toMatch(/^5 backups exist/);
    expect(saved()).toEqual([]);
    await user.click(dialog.getByTestId('backup-rule-save'));
    const scope = { kind: 'group', id: 'night' };
    expect(saved()).toEqual([{ scope, choices: { keep: { ...seven, last: 5 } } }]);
    expect(screen.queryByTestId('backup-rule-question')).toBeNull();
  });

  it('keeps fields that nobody changed', async () => {
    const choices = { keep: seven, copies: seven, goodDays: 2, plan: { minute: 60, quietly: false } };
    const dialog = await open({ all: {}, rules: [{ scope: { kind: 'group', id: 'night' }, choices }] });
    expect(dialog.getByTestId('rule-preview').textContent).toContain('1:00');
    await choose(dialog.getByTestId('rule-by-hand'), '{End}');
    await user.click(dialog.getByTestId('backup-rule-save'));
    expect(saved()).toEqual([
      { scope: { kind: 'group', id: 'night' }, choices: { ...choices, byHand: true } },
    ]);
  });

  it('sets plan, days without a good backup, and copies with numbers of their own', async () => {
    const dialog = await open({ all: { goodDays: 5 }, rules: [] });
    expect(dialog.getByTestId('rule-good').textContent).toContain('As before: after 5 days');
    expect(dialog.queryByTestId('rule-copies')).toBeNull();
    await choose(dialog.getByTestId('rule-plan'), '{End}');
    const time = dialog.getByTestId<HTMLInputElement>('rule-plan-time');
    expect(time.value).toBe('04:00');
    await fireEvent.change(time, { target: { value: '23:05' } });
    await choose(dialog.getByTestId('rule-good'), '{End}');
    const days = dialog.getByTestId('rule-good-days');
    await user.clear(days);
    await user.type(days, '2{Tab}');
    await choose(dialog.getByTestId('rule-fetch'), '{End}');
    await choose(dialog.getByTestId('rule-copies'), '{End}');
    const newest = dialog.getByTestId('copies-last');
    await user.clear(newest);
    await user.type(newest, '9{Tab}');
    await user.click(dialog.getByTestId('backup-rule-save'));
    const choices = {
      plan: { minute: 23 * 60 + 5, quietly: true },
      goodDays: 2,
      fetch: 'daily',
      copies: { last: 9, daily: 14, weekly: 8, monthly: 6 },
    };
    expect(saved()).toEqual([{ scope: { kind: 'group', id: 'night' }, choices }]);
  });

  it('inherits a plan again, or has none', async () => {
    const plan = { minute: 60, quietly: true };
    const rules = [{ scope: { kind: 'group' as const, id: 'night' }, choices: { plan, keep: seven } }];
    const dialog = await open({ all: { plan: { minute: 90, quietly: false } }, rules });
    expect(dialog.getByTestId('rule-preview').textContent).toMatch(/at 0?1:00/);
    await choose(dialog.getByTestId('rule-plan'), '{Home}');
    expect(dialog.queryByTestId('rule-plan-time')).toBeNull();
    expect(dialog.getByTestId('rule-preview').textContent).toMatch(/at 0?1:30/);
    expect(dialog.getByTestId('rule-plan').textContent).toMatch(/As before: every day at 0?1:30/);
    await user.click(dialog.getByTestId('backup-rule-save'));
    expect(saved()).toEqual([
      { scope: { kind: 'group', id: 'night' }, choices: { plan: undefined, keep: seven } },
    ]);
  });

  it('begins the preview of a server with the backups that it has, made by a rule or not', async () => {
    bridge.snapshot('settings', someSettings({ backupRules: { all: { keep: seven }, rules: [] } }));
    const limits = { ...aServer().limits, backups: 8 };
    const server = aServer({ id: 'home/Amber', name: 'Amber', limits });
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
    await tick();
    await user.pointer({ keys: '[MouseRight]', target: await screen.findByText('Amber') });
    await user.click(await screen.findByTestId('menu-backup-rule', {}, patience));
    const dialog = within(await screen.findByTestId('backup-rule-question', {}, patience));
    const count = dialog.getByTestId('rule-preview-count');
    expect(count.textContent).toMatch(/^7 backups exist/);
    const createdAt = (day: number): number => new Date(1970, 0, day, 12).getTime();
    const backups = [2, 3].map((day) => aBackup(`b${day - 1}`, { createdAt: createdAt(day) }));
    const list = { backups, limit: 8, used: 2 };
    bridge.snapshot('backups', { list, problem: null, byRule: ['b1'] });
    await tick();
    expect(count.textContent).toMatch(/^8 backups exist .* the oldest from Jan 3, 1970$/);
    bridge.snapshot('backups', {
      list: { ...list, backups: [...backups, aBackup('b3')] },
      problem: null,
      byRule: [],
    });
    await tick();
    expect(dialog.getByTestId('rule-preview-missed').textContent).toContain('8 backups');
  });

  it('shows why the rule was not saved, and keeps the entered values', async () => {
    bridge.refuse('backupRules.set', newProblem('forbidden', sentence('guard.declined')));
    const dialog = await open({ all: { keep: seven }, rules: [] });
    await choose(dialog.getByTestId('rule-keep'), '{ArrowDown}');
    await user.click(dialog.getByTestId('backup-rule-save'));
    expect((await dialog.findByRole('alert', {}, patience)).textContent).toContain('You did not agree');
    expect(dialog.getByTestId('rule-keep').textContent).toContain('All stay');
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByTestId('backup-rule-question')).toBeNull();
  });
});
