import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { newProblem } from '../../../bridge/errors.js';
import type { EditedFile, EditedState } from '../../../bridge/schema/edited-files.js';
import { sentence } from '../../../messages/messages.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { createWindowState } from '../../state/window-state.js';
import Frame from '../frame.svelte';
import MainWindow from '../main-window.svelte';
import EditedStrip from './edited-strip.svelte';
import { editLabel } from './edited-words.js';

const user = userEvent.setup();
let bridge: FakeBridge;
let state: ReturnType<typeof createWindowState>;

beforeEach(() => {
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
});

const serverId = aServer().id;
const file = { serverId, path: '/config/server.properties' };
const edited = (one: EditedState, fields: Partial<EditedFile> = {}): EditedFile => ({
  ...file,
  isText: true,
  state: one,
  ...fields,
});

async function show(...files: EditedFile[]): Promise<HTMLElement> {
  const view: Component = (anchor) => EditedStrip(anchor, { files });
  render(Frame, { view, state });
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer()] });
  await tick();
  return screen.getByTestId('edited-strip');
}

const called = () =>
  bridge.calls.filter(({ name }) => name.startsWith('ownEditor.')).map(({ name, input }) => [name, input]);

describe('the strip of files in other programs', () => {
  it('comes with the first file, and goes with the last', async () => {
    render(Frame, { view: MainWindow, state });
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer()] });
    await tick();
    expect(screen.queryByTestId('edited-strip')).toBeNull();
    bridge.snapshot('edited', [edited({ kind: 'same', uploadedAt: null })]);
    await screen.findByTestId('edited-strip', undefined, { timeout: 20_000 });
    bridge.snapshot('edited', []);
    await tick();
    expect(screen.queryByTestId('edited-strip')).toBeNull();
  });

  it.each<[EditedState, string]>([
    [{ kind: 'same', uploadedAt: null }, 'uploads it each time you save'],
    [{ kind: 'same', uploadedAt: Date.UTC(2026, 10, 29, 12) }, 'Uploaded at'],
    [{ kind: 'saved' }, 'Saved'],
    [{ kind: 'uploading' }, 'Uploading'],
    [{ kind: 'conflict', why: 'changed' }, 'somebody changed the file'],
    [{ kind: 'conflict', why: 'gone' }, 'not on the server any more'],
    [{ kind: 'left' }, 'not uploaded yet'],
    [
      { kind: 'failed', retryAt: 1, problem: newProblem('internal', sentence('own-editor.unread')) },
      'could not read your copy of the file. Perch tries again automatically.',
    ],
    [
      { kind: 'failed', retryAt: null, problem: newProblem('internal', sentence('own-editor.unread')) },
      'Save it again in your program.',
    ],
  ])('says the outcome of the last save: %j', async (one, words) => {
    const strip = await show(edited(one));
    expect(within(strip).getByRole('status').textContent).toContain(words);
    expect(within(strip).getByRole('group').getAttribute('aria-labelledby')).toBeTruthy();
    expect(strip.textContent).toContain('server.properties');
    expect(strip.textContent).toContain(aServer().name);
  });

  it.each<[EditedState, string, string, object]>([
    [{ kind: 'left' }, 'Upload', 'ownEditor.upload', { replaces: null }],
    [
      { kind: 'conflict', why: 'gone' },
      'Upload as a new file',
      'ownEditor.upload',
      { replaces: { kind: 'gone' } },
    ],
    [{ kind: 'saved' }, 'Open again', 'ownEditor.open', {}],
    [{ kind: 'same', uploadedAt: null }, 'Stop editing', 'ownEditor.stop', { discards: false }],
  ])('with %j has a button “%s”, which works with the keyboard', async (one, name, call, more) => {
    await show(edited(one));
    screen.getByRole('button', { name }).focus();
    await user.keyboard('{Enter}');
    expect(called()).toEqual([[call, { ...file, ...more }]]);
  });

  it('offers a text as a draft, and opens it in Perch', async () => {
    bridge.answer('texts.open', { opened: { kind: 'refused', why: 'binary' }, draft: null });
    await show(edited({ kind: 'conflict', why: 'changed' }));
    await user.click(screen.getByRole('button', { name: 'Keep mine as a draft' }));
    expect(called()).toEqual([['ownEditor.keepDraft', file]]);
    expect(state.forms.text(serverId).path).toBe(file.path);
    expect(state.navigation.view).toMatchObject({
      kind: 'server',
      serverId,
      tab: 'files',
      folder: '/config',
    });
  });

  it('offers no draft of a binary file', async () => {
    await show(edited({ kind: 'conflict', why: 'changed' }, { isText: false }));
    expect(screen.queryByTestId('edited-keep-draft')).toBeNull();
  });

  it('asks before it discards changes that were not uploaded', async () => {
    await show(edited({ kind: 'left' }));
    await user.click(screen.getByTestId('edited-discard'));
    expect(called()).toEqual([]);
    await user.click(screen.getByTestId('edited-stop-discard'));
    expect(called()).toEqual([['ownEditor.stop', { ...file, discards: true }]]);
  });

  it('asks as well if main finds a save of which the window does not know yet', async () => {
    await show(edited({ kind: 'same', uploadedAt: null }));
    bridge.refuse(
      'ownEditor.stop',
      newProblem('conflict', sentence('own-editor.not-uploaded', { name: 'server.properties' })),
    );
    await user.click(screen.getByTestId('edited-stop'));
    expect(await screen.findByTestId('edited-stop-question')).toBeTruthy();
    expect(screen.queryByTestId('edited-problem')).toBeNull();
  });

  it('compares both texts, and replaces the compared text', async () => {
    const text = (lines: string) => ({
      kind: 'text' as const,
      text: lines,
      format: { encoding: 'utf-8' as const, bom: false },
      version: 'a'.repeat(64),
    });
    const seen = { kind: 'content' as const, version: 'b'.repeat(64) };
    bridge.answer('ownEditor.compare', {
      theirs: text('pvp=true\n'),
      mine: text('pvp=false\n'),
      seen,
      facts: { there: { bytes: 9, modifiedAt: 0 }, mine: { bytes: 10, modifiedAt: 0 } },
    });
    await show(edited({ kind: 'conflict', why: 'changed' }));
    expect(screen.queryByRole('button', { name: 'Replace theirs' })).toBeNull();
    await user.click(screen.getByTestId('edited-compare'));
    const lines = await screen.findByTestId('difference');
    expect(lines.querySelector('.removed')?.textContent).toContain('pvp=true');
    expect(lines.querySelector('.added')?.textContent).toContain('pvp=false');
    const facts = [...screen.getByTestId('edited-compare-facts').querySelectorAll('dd')];
    expect(facts.map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining(['9 B', '10 B', expect.stringContaining('ago')]),
    );
    await user.click(screen.getByTestId('edited-compare-replace'));
    expect(called().at(-1)).toEqual(['ownEditor.upload', { ...file, replaces: seen }]);
  });

  it('folds many files, but none that waits for a person', async () => {
    const others = ['/a.yml', '/b.yml'].map((path) => edited({ kind: 'saved' }, { path }));
    const strip = await show(...others, edited({ kind: 'left' }));
    expect(within(strip).getAllByTestId('edited')).toHaveLength(1);
    const toggle = within(strip).getByRole('button', { name: /3 files open in other programs/ });
    expect(toggle.textContent).toContain('1 not uploaded');
    await user.click(toggle);
    expect(within(strip).getAllByTestId('edited')).toHaveLength(3);
  });

  it('names the program of the settings', () => {
    expect(editLabel(null)).toBe('Edit in another program');
    expect(editLabel('/usr/bin/code')).toBe('Edit in code');
    expect(editLabel('C:\\Programs\\Notepad++\\notepad++.exe')).toBe('Edit in notepad++');
    expect(editLabel('/Applications/Zed.app')).toBe('Edit in Zed');
  });
});
