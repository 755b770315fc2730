import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { serverKinds } from '../../../bridge/events/activity-kinds.js';
import type { ActivityEntry } from '../../../bridge/schema/activity.js';
import { someMemory, someSettings } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { learnArea } from '../../../messages/messages.js';
import { PerchClient } from '../../api.js';
import { ActivityLog } from '../../state/events/activity-log.svelte.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import ActivityList from './activity-list.svelte';

const entry = (id: string, fields: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id,
  at: 1000 - Number(id),
  event: 'server:power.start',
  by: 'anna',
  isApi: false,
  ip: null,
  properties: {},
  ...fields,
});

let bridge: FakeBridge;
beforeEach(async () => {
  bridge = new FakeBridge();
  await learnArea('activity');
});

async function open(pages: readonly (readonly ActivityEntry[])[], unread = 0) {
  const ask = vi.fn(async (page: number, _event: string | undefined) => ({
    entries: [...(pages[page - 1] ?? [])],
    total: pages.flat().length,
    pages: pages.length,
    unread,
  }));
  const log = new ActivityLog(ask);
  const view: Component = (anchor) => ActivityList(anchor, { log, kinds: serverKinds });
  render(Frame, { view, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('memory', someMemory());
  await tick();
  await vi.waitFor(() => expect(log.reading.isRunning).toBe(false));
  return { ask, log };
}
const texts = (): (string | null)[] =>
  screen.getAllByTestId('activity-entry').map((row) => row.querySelector('.what')?.textContent ?? null);

it('says how many entries of the panel it cannot read', async () => {
  await open([[entry('1')]], 2);
  expect(screen.getByTestId('activity-unread').textContent).toContain('lists 2 more entries');
});

it('shows all pages by one press of a key, and no button is left', async () => {
  const { ask } = await open(Array.from({ length: 100 }, (_, page) => [entry(String(page))]));
  expect(screen.getAllByTestId('activity-entry')).toHaveLength(1);
  screen.getByTestId('activity-rest').focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(screen.getAllByTestId('activity-entry')).toHaveLength(100));
  expect(ask).toHaveBeenCalledTimes(100);
  expect(screen.queryByTestId('activity-more')).toBeNull();
  expect(screen.queryByTestId('activity-rest')).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('list', { name: 'Activity' }));
});

it('chooses a person over all pages that were read', async () => {
  await open([[entry('0'), entry('1', { by: 'bob' })]]);
  await userEvent.click(screen.getByTestId('activity-person'));
  await userEvent.click(await screen.findByText('bob', { selector: '[role=option] *, [role=option]' }));
  expect(screen.getAllByTestId('activity-entry')).toHaveLength(1);
  expect(screen.getByText('1 of 2')).not.toBeNull();
});

it('shows names and texts of others as text, whatever is in them', async () => {
  const markup = '<img src=x onerror=alert(1)>';
  await open([
    [
      entry('0', { by: markup, event: 'server:file.write', properties: { file: markup } }),
      entry('1', { event: 'server:new.thing', properties: { constructor: 'a', ['__proto__']: 'b' } }),
    ],
  ]);
  expect(texts()[0]).toBe(`Wrote the file ${markup}`);
  expect(texts()[1]).toMatch(/^server:new\.thing \(/);
  expect(document.querySelector('img')).toBeNull();
});

it('opens all details of an entry, by keys alone', async () => {
  const markup = '<img src=x onerror=alert(1)>';
  const properties = { name: 'spawn', from: '/a', locked: false, old: '', files: ['a', markup] };
  await open([[entry('0', { event: 'server:backup.start', properties }), entry('1')]]);
  screen.getAllByRole<HTMLElement>('button', { name: /^Details:/ })[0]?.focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Details: Started the server');
  await userEvent.keyboard('{ArrowUp}{Enter}');
  const cells = [...screen.getByTestId('activity-details').children].map(({ textContent }) => textContent);
  expect(cells).toEqual([
    ...['Event', 'server:backup.start', 'name', 'spawn', 'from', '/a', 'locked', 'false'],
    ...['old', 'nothing', 'files', `a, ${markup}`],
  ]);
  expect(document.querySelector('img')).toBeNull();
  await userEvent.keyboard('{Enter}');
  expect(screen.queryByTestId('activity-details')).toBeNull();
});

it('has the internet address in the row, where the panel sends it', async () => {
  await open([[entry('0', { ip: '2001:db8::7' }), entry('1')]]);
  const rows = screen.getAllByRole('listitem');
  expect(rows.map((row) => row.textContent.includes('2001:db8::7'))).toEqual([true, false]);
  expect(screen.getAllByTestId('activity-ip')).toHaveLength(1);
  expect(document.querySelector('[data-tip*="2001:db8"]')).toBeNull();
});
