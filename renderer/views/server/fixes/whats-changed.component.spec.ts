import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import type { StartChanges } from '../../../../bridge/schema/start-changes.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../api.js';
import type { WindowState } from '../../../state/context.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import WhatsChanged from './whats-changed.svelte';

const user = userEvent.setup();
const server = aServer({ id: 'home/u0', power: 'offline', crashedAt: 5 });
const facts = { bytes: 1024, modifiedAt: 0 };
const upgrade = {
  path: '/plugins/X-2.1.jar',
  formerPath: '/plugins/X-2.0.jar',
  was: facts,
  is: facts,
  texts: null,
};
const nothing: StartChanges = { since: 0, files: [], variables: [], command: null, image: null };
let bridge: FakeBridge;

beforeEach(() => {
  bridge = new FakeBridge();
});

async function shows(
  changes: StartChanges | null,
  ranMs: number | null = null,
  permissions: string[] | null = null,
): Promise<WindowState> {
  if (changes === null) bridge.refuse('changes.sinceGoodStart', aProblem('rate-limited'));
  else bridge.answer('changes.sinceGoodStart', changes);
  const state = createWindowState(new PerchClient(bridge));
  const view: Component = (anchor) =>
    WhatsChanged(anchor, { server: { ...server, permissions }, trouble: { at: 5, ranMs } });
  render(Frame, { view, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await waitFor(() => expect(bridge.calls.map(({ name }) => name)).toContain('changes.sinceGoodStart'));
  for (let round = 0; round < 5; round++) await tick();
  return state;
}

const line = () => screen.queryByTestId('whats-changed')?.textContent?.trim();

it('one sentence names the time of the crash, and the replaced plugin with its replacement', async () => {
  await shows({ ...nothing, files: [upgrade] }, 120_000);
  expect(line()).toMatch(
    /^Crashed 2 min after its start\. Since the last good start \(.+\): plugins\/X-2\.1\.jar replaced X-2\.0\.jar\./,
  );
});

it('the plugin comes first, and the dialog lists all changes', async () => {
  const text = { ...upgrade, path: '/server.properties', formerPath: null, texts: { was: '1', is: '2' } };
  const gone = { ...upgrade, path: '/mods/a.jar', formerPath: null, is: null };
  const image = { was: 'java:17', is: 'java:21' };
  await shows({
    ...nothing,
    files: [gone, text, upgrade],
    variables: [{ name: 'JAR', values: null }],
    image,
  });
  expect(line()).toContain('replaced X-2.0.jar, and 4 other changes.');
  await user.click(screen.getByTestId('show-changes'));
  expect(screen.getAllByTestId('change').map((one) => one.querySelector('p')?.textContent)).toEqual([
    'plugins/X-2.1.jar replaced X-2.0.jar',
    'server.properties was changed',
    'mods/a.jar was removed',
    'the Docker image has changed',
    'the startup variable JAR was changed',
  ]);
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByTestId('changes')).toBeNull();
});

it('names a changed variable with both values, and puts the earlier one back after a question', async () => {
  const variable = {
    name: 'Jar',
    description: '',
    envVariable: 'JAR',
    defaultValue: '',
    isEditable: true,
    rules: 'string',
  };
  const startup = { command: '', template: '', images: [] };
  bridge.answer('startup.read', { ...startup, variables: [{ ...variable, serverValue: 'new.jar' }] });
  bridge.answer('startup.setVariable', { ...startup, variables: [{ ...variable, serverValue: 'old.jar' }] });
  await shows({ ...nothing, variables: [{ name: 'JAR', values: { was: 'old.jar', is: 'new.jar' } }] });
  expect(line()).toContain('the startup variable JAR was changed from “old.jar” to “new.jar”.');
  await user.click(screen.getByTestId('show-changes'));
  await user.click(await screen.findByTestId('put-value-back'));
  expect(screen.getByTestId('put-value-question').textContent).toContain('Put JAR back?');
  await user.click(screen.getByTestId('put-value-back-now'));
  await screen.findByTestId('value-is-back');
  expect(bridge.calls.find(({ name }) => name === 'startup.setVariable')?.input).toMatchObject({
    key: 'JAR',
    value: 'old.jar',
  });
});

it('offers no way back for the start command and for hidden values', async () => {
  await shows({
    ...nothing,
    command: { values: { was: './run', is: './go' } },
    variables: [{ name: 'RCON_PASS', values: null }],
  });
  await user.click(screen.getByTestId('show-changes'));
  const rows = screen.getAllByTestId('change').map((one) => one.textContent?.replace(/\s+/g, ' ').trim());
  expect(rows[0]).toMatch(/the start command was changed.*\.\/run → \.\/go/);
  expect(rows[1]).toContain('both values are hidden');
  expect(screen.queryByTestId('put-value-back')).toBeNull();
});

it('two files with the same name in one line are two rows', async () => {
  const named = (path: string) => ({ ...upgrade, formerPath: null, was: null, path });
  await shows({ ...nothing, files: [named('/plugins/a\u0007.jar'), named('/plugins/a.jar')] });
  await user.click(screen.getByTestId('show-changes'));
  expect(screen.getAllByTestId('change')).toHaveLength(2);
});

it('reports an unchanged server, without a dialog', async () => {
  await shows(nothing);
  expect(line()).toMatch(/^No file that Perch watches has changed since the last good start \(.+\)\.$/);
  expect(screen.queryByTestId('show-changes')).toBeNull();
});

it('stays empty for a server without a good start', async () => {
  await shows({ ...nothing, since: null });
  expect(line()).toBeUndefined();
});

it('says why nothing can be compared now, and compares again after a press', async () => {
  await shows(null);
  expect(screen.getByTestId('whats-changed-problem').textContent).not.toBe('');
  bridge.answer('changes.sinceGoodStart', { ...nothing, files: [upgrade] });
  await user.click(screen.getByTestId('compare-again'));
  await waitFor(() => expect(line()).toContain('replaced X-2.0.jar'));
  expect(screen.queryByTestId('whats-changed-problem')).toBeNull();
});

it('compares again automatically a minute after a refusal', async () => {
  const { now } = await shows(null);
  const asked = () => bridge.calls.filter(({ name }) => name === 'changes.sinceGoodStart').length;
  now.at = now.read() + 50_000;
  await tick();
  expect(asked()).toBe(1);
  bridge.answer('changes.sinceGoodStart', { ...nothing, files: [upgrade] });
  now.at = now.read() + 61_000;
  await waitFor(() => expect(line()).toContain('replaced X-2.0.jar'));
  expect(asked()).toBe(2);
});

it('compares again once the dialog is closed, because a change may be undone', async () => {
  await shows({ ...nothing, files: [upgrade] });
  await user.click(screen.getByTestId('show-changes'));
  bridge.answer('changes.sinceGoodStart', nothing);
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(line()).toContain('No file that Perch watches has changed'));
});

it('a hostile name stays on one line', async () => {
  await shows({
    ...nothing,
    files: [{ ...upgrade, formerPath: null, was: null, path: '/plugins/a\u202e\nb.jar' }],
  });
  expect(line()).not.toMatch(/[\n\u202e]/);
});

const motd = { ...upgrade, path: '/server.properties', formerPath: null, texts: { was: '1', is: '2' } };
const format = { encoding: 'utf-8', bom: false } as const;

/** Opens the difference of `motd`. */
async function showsDifference(permissions: string[] | null, draft: string | null = null): Promise<void> {
  bridge.answer('revisions.text', { kind: 'text', text: 'motd=1\n', format, version: '1' });
  bridge.answer('texts.open', {
    opened: { kind: 'text', text: 'motd=2\n', format, version: '2' },
    draft: draft === null ? null : { text: draft, format, version: '2' },
  });
  await shows({ ...nothing, files: [motd] }, null, permissions);
  await user.click(screen.getByTestId('show-changes'));
  await user.click(screen.getByTestId('show-difference'));
  await screen.findByTestId('put-back');
}

it.each([['file.create'], ['file.update']])('a person with %s alone may put a text back', async (granted) => {
  await showsDifference([granted]);
  expect(screen.getByTestId('put-back').getAttribute('aria-disabled')).not.toBe('true');
});

it('says which permission is missing to put a text back', async () => {
  await showsDifference(['file.read']);
  expect(screen.getByTestId('put-back').getAttribute('data-tip')).toContain('permission');
});

it('puts no text back over unsaved text', async () => {
  await showsDifference(null, 'motd=mine\n');
  expect(screen.getByTestId('put-back').getAttribute('data-tip')).toContain('unsaved text');
  await user.click(screen.getByTestId('put-back'));
  expect(bridge.calls.map(({ name }) => name)).not.toContain('texts.save');
});

it('shows the difference of a text, and puts the earlier one back', async () => {
  bridge.answerWith('revisions.text', () => {
    const { id } = bridge.calls.findLast(({ name }) => name === 'revisions.text')?.input as { id: string };
    return { kind: 'text', text: `motd=${id}\n`, format, version: id };
  });
  bridge.answer('texts.open', {
    opened: { kind: 'text', text: 'motd=2\n', format, version: '2' },
    draft: null,
  });
  bridge.answer('texts.save', { saved: '1' });
  await shows({ ...nothing, files: [motd] });
  await user.click(screen.getByTestId('show-changes'));
  await user.click(screen.getByTestId('show-difference'));
  const difference = await screen.findByTestId('difference');
  expect([...difference.querySelectorAll('bdi')].map((line) => line.textContent)).toEqual([
    'motd=1',
    'motd=2',
  ]);
  await user.click(screen.getByTestId('put-back'));
  const saved = bridge.calls.find(({ name }) => name === 'texts.save')?.input;
  expect(saved).toMatchObject({ path: '/server.properties', text: 'motd=1\n', version: '2' });
  await waitFor(() => expect(screen.queryByTestId('put-back')).toBeNull());
});
