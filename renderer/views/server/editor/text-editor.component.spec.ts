/** The editor of one file: keys, questions and notices. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { OpenedText, TextDraft } from '../../../../bridge/schema/texts.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../api.js';
import type { WindowState } from '../../../state/context.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import TextEditor from './text-editor.svelte';

const user = userEvent.setup();
const id = 'home/u0';
const versions = { old: 'a'.repeat(64), saved: 'b'.repeat(64), theirs: 'c'.repeat(64) };
const text = (content: string, version = versions.old): OpenedText => ({
  kind: 'text',
  text: content,
  format: { encoding: 'utf-8', bom: false },
  version,
});

let bridge: FakeBridge;
let state: WindowState;
beforeEach(() => {
  // jsdom has no layout.
  Range.prototype.getClientRects = () => document.createElement('p').getClientRects();
  bridge = new FakeBridge();
  state = createWindowState(new PerchClient(bridge));
});

interface Shown {
  readonly path?: string;
  readonly opened?: OpenedText;
  readonly draft?: TextDraft | null;
  readonly server?: Partial<Server>;
}

async function shows({
  path = '/a.json',
  opened = text('{}\r\n'),
  draft = null,
  server: fields = {},
}: Shown = {}) {
  const server = aServer({ id, name: 'Survival', ...fields });
  bridge.answer('texts.open', { opened, draft });
  const view: Component = (anchor) => TextEditor(anchor, { server });
  const nothing: Component = () => ({});
  // The server is known before the editor is shown, as in a window.
  const { rerender } = render(Frame, { view: nothing, state });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  await tick();
  await state.forms.text(id).open(path);
  await rerender({ view, state });
  if (opened.kind === 'text') await screen.findByRole('textbox', { name: /Text of/ });
}

const form = () => state.forms.text(id);
const content = (): HTMLElement => screen.getByRole('textbox', { name: /Text of/ });
const saves = (): unknown[] =>
  bridge.calls.filter(({ name }) => name === 'texts.save').map(({ input }) => input);
const press = (keys: string): Promise<void> => user.keyboard(keys);

/** Replaces the text by a pasted text. */
async function types(whole: string): Promise<void> {
  content().focus();
  await press('{Control>}a{/Control}');
  await user.paste(whole);
  await tick();
}

describe('the editor', () => {
  it('shows the text and takes the focus, and says how the file is written', async () => {
    await shows();
    expect(content().textContent).toBe('{}');
    expect(document.activeElement).toBe(content());
    expect(screen.getByTestId('text-status').textContent).toMatch(/Line 1, column 1.*JSON.*UTF-8.*CRLF/s);
  });

  it('shows characters of a name that nobody would see', async () => {
    await shows({ path: '/evil\u202egpj.json' });
    expect(screen.getByRole('heading').textContent).toBe('/evil[U+202E]gpj.json');
    await types('{"a": 1}');
    await press('{Escape}');
    expect((await screen.findByTestId('text-leave-question')).textContent).toContain('evil[U+202E]gpj.json');
  });

  it('saves with Ctrl+S, with the line ends of the file, and offers to undo', async () => {
    await shows();
    bridge.answer('texts.save', { saved: versions.saved });
    await types('{\n}\n');
    expect(screen.getByTestId('text-state').textContent).toBe('Not saved');
    await press('{Control>}s{/Control}');
    await waitFor(() => expect(saves()).toMatchObject([{ text: '{\r\n}\r\n', version: versions.old }]));
    await waitFor(() => expect(screen.getByTestId('text-state').textContent).toBe('Saved'));
    await user.click(screen.getByTestId('text-undo'));
    await waitFor(() => expect(saves()[1]).toMatchObject({ text: '{}\r\n', version: versions.saved }));
    expect(content().textContent).toBe('{}');
  });

  it('shows the earlier texts of a file without unsaved text, and reads the file again once one is back', async () => {
    await shows();
    await user.click(screen.getByTestId('text-more'));
    await user.click(await screen.findByTestId('text-earlier'));
    await screen.findByTestId('revisions');
    const revision = { at: 0, why: 'read', bytes: 4, version: versions.theirs, id: '1' };
    bridge.answer('revisions.text', text('[]', versions.theirs));
    bridge.answer('texts.save', { saved: versions.theirs });
    bridge.snapshot('revisions', [revision]);
    const putBack = await screen.findByTestId('put-back');
    bridge.answer('texts.open', { opened: text('[]', versions.theirs), draft: null });
    await user.click(putBack);
    await waitFor(() => expect(content().textContent).toBe('[]'));
    expect(saves()).toMatchObject([{ text: '[]', version: versions.old }]);
    await press('{Escape}');
    await types('{"a": 1}');
    await user.click(screen.getByTestId('text-more'));
    const entry = await screen.findByTestId('text-earlier');
    expect(entry.getAttribute('aria-disabled')).toBe('true');
  });

  it('asks before it saves a mistake', async () => {
    await shows();
    bridge.answer('texts.save', { saved: versions.saved });
    await types('{"a": 1,\n}\n');
    await press('{Control>}s{/Control}');
    const question = await screen.findByTestId('text-mistakes-question');
    expect(question.textContent).toMatch(/Save the file with 1 mistake\?.*Line 2 is not valid JSON/s);
    await user.click(within(question).getByTestId('text-show-mistake'));
    expect(saves()).toEqual([]);
    await press('{Control>}s{/Control}');
    await user.click(await screen.findByTestId('text-save-anyway'));
    await waitFor(() => expect(saves()).toHaveLength(1));
  });

  it('Esc leaves a file without changes at once, and asks about unsaved text', async () => {
    await shows();
    await types('{"a": 1}');
    await press('{Escape}');
    const question = await screen.findByTestId('text-leave-question');
    await user.click(within(question).getByTestId('text-leave-keep'));
    await waitFor(() => expect(form().path).toBeNull());
    expect(bridge.calls.map(({ name }) => name)).toContain('texts.keepDraft');
    expect(saves()).toEqual([]);
  });

  it('shows restored text, which can be discarded', async () => {
    const draft = {
      text: '{"b": 2}',
      format: { encoding: 'utf-8', bom: false },
      version: versions.theirs,
    } as const;
    await shows({ draft });
    expect(content().textContent).toBe('{"b": 2}');
    expect(screen.getByTestId('text-restored').textContent).toContain('The file has changed since then');
    await user.click(screen.getByTestId('text-restored-discard'));
    await waitFor(() => expect(content().textContent).toBe('{}'));
  });

  it('colours and checks the text in the language that the person chooses for this file', async () => {
    await shows({ path: '/settings', opened: text('{"a": 1,}') });
    expect(screen.getByTestId('text-language').textContent).toBe('Text');
    expect(screen.queryByTestId('text-mistakes')).toBeNull();
    await user.click(screen.getByTestId('text-more'));
    await user.click(await screen.findByRole('menuitem', { name: 'Language' }));
    await user.click(await screen.findByTestId('text-language-json'));
    expect(screen.getByTestId('text-language').textContent).toBe('JSON');
    expect((await screen.findByTestId('text-mistakes')).textContent).toBe('1 mistake');
    bridge.answer('texts.open', { opened: text('a: 1'), draft: null });
    await form().open('/other.yml');
    await waitFor(() => expect(screen.getByTestId('text-language').textContent).toBe('YAML'));
  });

  it('explains a file that lists the files that backups leave out', async () => {
    await shows({ path: '/.pteroignore', opened: text('cache/\n') });
    const notice = screen.getByTestId('text-ignores');
    expect(notice.textContent).toContain('This file lists the files that backups leave out.');
    await user.click(within(notice).getByRole('button'));
    expect(screen.queryByTestId('text-ignores')).toBeNull();
  });

  it('can’t write without the permission, and says why', async () => {
    await shows({ server: { permissions: ['file.read-content'] } });
    expect(screen.getByTestId('text-read-only').dataset['tip']).toContain('file.create');
    expect(content().getAttribute('contenteditable')).toBe('false');
    expect(screen.getByTestId('text-save').getAttribute('aria-disabled')).toBe('true');
  });

  it.each([
    ['binary', 'This file is not text.'],
    ['too-large', 'larger than 4 MiB'],
  ] as const)('says that a file is %s', async (why, words) => {
    await shows({ opened: { kind: 'refused', why } });
    expect(screen.getByTestId('text-refused').textContent).toContain(words);
    expect(screen.queryByTestId('text-save')).toBeNull();
  });

  it('saves a file that is refused to this computer, and shows why that failed', async () => {
    await shows({ path: '/world/level.dat', opened: { kind: 'refused', why: 'binary' } });
    bridge.refuse('files.download', aProblem('conflict'));
    await user.click(screen.getByTestId('text-save-to'));
    const sent = bridge.calls.filter(({ name }) => name === 'files.download');
    expect(sent.map(({ input }) => input)).toEqual([{ serverId: id, paths: ['/world/level.dat'] }]);
    expect(await screen.findByTestId('text-save-to-problem')).toBeTruthy();
  });

  it('does not save a refused file without the permission', async () => {
    const server = { isOwner: false, permissions: ['file.read'] };
    await shows({ opened: { kind: 'refused', why: 'too-large' }, server });
    await user.click(screen.getByTestId('text-save-to'));
    expect(screen.getByTestId('text-save-to').getAttribute('aria-disabled')).toBe('true');
    expect(bridge.calls.some(({ name }) => name === 'files.download')).toBe(false);
  });
});

describe('a file that somebody else changed', () => {
  beforeEach(async () => {
    await shows({ path: '/a.properties', opened: text('motd=Hi\nport=1\nslots=20\n') });
    bridge.answer('texts.save', { changed: text('motd=Hi\nport=2\nslots=20\n', versions.theirs) });
    await types('motd=Hi\nport=1\nslots=30\n');
    await press('{Control>}s{/Control}');
    await screen.findByRole('textbox', { name: 'To be saved' });
    bridge.answer('texts.save', { saved: versions.saved });
  });

  const own = (): HTMLElement => screen.getByRole('textbox', { name: 'To be saved' });

  it('shows both texts and saves mine over the shown version', async () => {
    expect(own().textContent).toContain('slots=30');
    await user.click(screen.getByTestId('text-save-own'));
    await waitFor(() =>
      expect(saves()[1]).toMatchObject({ text: 'motd=Hi\nport=1\nslots=30\n', version: versions.theirs }),
    );
    await waitFor(() => expect(screen.queryByTestId('text-theirs-question')).toBeNull());
  });

  it('saves the changes of both', async () => {
    await user.click(screen.getByRole('radio', { name: 'Both' }));
    await waitFor(() => expect(own().textContent).toContain('port=2'));
    await user.click(screen.getByTestId('text-save-own'));
    await waitFor(() => expect(saves()[1]).toMatchObject({ text: 'motd=Hi\nport=2\nslots=30\n' }));
  });

  it('takes theirs', async () => {
    await user.click(screen.getByTestId('text-take-theirs'));
    await waitFor(() => expect(content().textContent).toContain('port=2'));
    expect(saves()).toHaveLength(1);
    expect(form().isEdited).toBe(false);
  });
});

it('a file that is gone is saved again after a question', async () => {
  await shows();
  bridge.answer('texts.save', { gone: true });
  await types('{"a": 1}');
  await press('{Control>}s{/Control}');
  const question = await screen.findByTestId('text-gone-question');
  bridge.answer('texts.save', { saved: versions.saved });
  await user.click(within(question).getByTestId('text-save-new'));
  await waitFor(() => expect(saves()[1]).toMatchObject({ version: null }));
  await waitFor(() => expect(screen.queryByTestId('text-gone-question')).toBeNull());
});

it('stays with a file that is opened while another one goes to its program', async () => {
  await shows();
  const goes = bridge.hold('ownEditor.open');
  await user.click(screen.getByTestId('text-more'));
  await user.click(screen.getByTestId('text-outside'));
  await form().open('/b.json');
  goes(undefined);
  await waitFor(() => expect(bridge.calls.map(({ name }) => name)).toContain('ownEditor.open'));
  for (let round = 0; round < 5; round++) await tick();
  expect(form().path).toBe('/b.json');
});
