/** Earlier texts of a file: the list, the comparison and the way back. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import type { Problem } from '../../../../bridge/errors.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { Revision } from '../../../../bridge/schema/revisions.js';
import type { OpenedText, TextDraft } from '../../../../bridge/schema/texts.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import RevisionsDialog from './revisions-dialog.svelte';

const user = userEvent.setup();
const file = { serverId: 'home/u0', path: '/config/paper.yml' };
const format = { encoding: 'utf-8', bom: false } as const;
/** Content of a revision by its id, which is its version as well. */
const texts: Readonly<Record<string, string>> = { 1: 'view: 6\n', 2: 'view: 8\n', 3: 'view: 10\n' };
const textOf = (id: string): OpenedText => ({ kind: 'text', text: texts[id] ?? '', format, version: id });
const revision = (id: string, why: Revision['why']): Revision => ({ id, at: 0, why, bytes: 8, version: id });
const kept = [revision('3', 'read'), revision('2', 'written'), revision('1', 'watched')];

let bridge: FakeBridge;
let backs: number;
let closes: number;

beforeEach(() => {
  bridge = new FakeBridge();
  [backs, closes] = [0, 0];
  bridge.answerWith('revisions.text', () => textOf((bridge.calls.at(-1)?.input as { id: string }).id));
});

interface Shown extends Partial<Server> {
  readonly draft?: TextDraft;
  readonly refusal?: Problem;
}

async function shows(
  revisions: readonly Revision[],
  { draft, refusal, ...fields }: Shown = {},
): Promise<void> {
  if (refusal === undefined) bridge.answer('texts.open', { opened: textOf('3'), draft: draft ?? null });
  else bridge.refuse('texts.open', refusal);
  const server = aServer({ id: file.serverId, ...fields });
  const props = { server, path: file.path, onclose: () => closes++, onback: () => backs++ };
  const view: Component = (anchor) => RevisionsDialog(anchor, props);
  render(Frame, { view, state: createWindowState(new PerchClient(bridge)) });
  bridge.snapshot('settings', someSettings());
  bridge.snapshot('fleet', { accounts: [anAccount()], servers: [server] });
  bridge.snapshot('revisions', null);
  await tick();
  bridge.change('revisions', [...revisions]);
  await waitFor(() => expect(screen.queryByText('Reading the file…')).toBeNull());
}

const choice = (): HTMLElement => screen.getByTestId('revisions-choice');
const saves = (): unknown[] =>
  bridge.calls.filter(({ name }) => name === 'texts.save').map(({ input }) => input);
const difference = (): (string | null)[] =>
  [...screen.getByTestId('difference').querySelectorAll('bdi')].map((line) => line.textContent);

it('lists texts other than the current text with their reasons, and compares the newest', async () => {
  await shows(kept);
  expect(screen.getByTestId('revisions').textContent).toContain('Earlier texts of paper.yml');
  expect(choice().textContent).toMatch(/saved by Perch · 8 B/);
  await waitFor(() => expect(difference()).toEqual(['view: 8', 'view: 10']));
  choice().focus();
  await user.keyboard('{Enter}');
  expect(
    (await screen.findAllByRole('option', { hidden: true })).map((option) => option.textContent),
  ).toEqual([expect.stringContaining('saved by Perch'), expect.stringContaining('seen by Perch')]);
  await user.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(difference()).toEqual(['view: 6', 'view: 10']));
});

it('puts a text back over the shown text, and offers the replaced text', async () => {
  await shows(kept);
  await screen.findByTestId('difference');
  bridge.answer('texts.save', { saved: '2' });
  await user.click(screen.getByTestId('put-back'));
  expect(saves()).toEqual([{ ...file, text: 'view: 8\n', format, version: '3', makes: true }]);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('is-back')));
  bridge.change('revisions', [{ ...revision('2', 'written'), id: '4' }, ...kept]);
  await waitFor(() => expect(difference()).toEqual(['view: 10', 'view: 8']));
  expect(screen.getByTestId('is-back').textContent).toContain('The earlier text is back.');
  expect(choice().textContent).toContain('read to edit');
  expect([backs, closes]).toEqual([1, 0]);
});

it('writes no text over a text that somebody changed meanwhile', async () => {
  await shows(kept);
  await screen.findByTestId('difference');
  bridge.answer('texts.save', { changed: textOf('1') });
  await user.click(screen.getByTestId('put-back'));
  expect((await screen.findByTestId('put-back-problem')).textContent).toContain('wrote nothing');
  expect([saves().length, backs]).toEqual([1, 0]);
});

it('puts no text back while the file has unsaved text', async () => {
  await shows(kept, { draft: { text: 'view: 12\n', format, version: '3' } });
  await screen.findByTestId('difference');
  await user.click(screen.getByTestId('put-back'));
  expect(screen.getByTestId('put-back').dataset['tip']).toContain('unsaved text');
  expect(saves()).toEqual([]);
});

it('compares but cannot put back without the permission to write', async () => {
  await shows(kept, { permissions: ['file.read', 'file.read-content'] });
  await screen.findByTestId('difference');
  await user.click(screen.getByTestId('put-back'));
  expect(screen.getByTestId('put-back').getAttribute('aria-disabled')).toBe('true');
  expect(saves()).toEqual([]);
});

it('says that no earlier text exists', async () => {
  await shows([revision('3', 'read')]);
  expect((await screen.findByTestId('no-revisions')).textContent).toContain('no earlier text');
  expect(screen.queryByTestId('put-back')).toBeNull();
});

it('says why the file can’t be read', async () => {
  await shows(kept, { refusal: aProblem('forbidden') });
  expect(await screen.findByTestId('revisions-problem')).toBeTruthy();
  expect(screen.queryByTestId('revisions-choice')).toBeNull();
});
