/** The view of a copy: folders, search, keys, the text of a file, saving. */
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { tick, type Component } from 'svelte';
import { expect, it, vi } from 'vitest';
import type { ArchivedFile, ArchivePart } from '../../../../bridge/schema/backup-copies.js';
import { aServer } from '../../../../tests/support/entities.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { aBackup } from '../../../../tests/support/fake-backups.js';
import { FakeBridge } from '../../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../../api.js';
import { createWindowState } from '../../../state/window-state.js';
import Frame from '../../frame.svelte';
import CopyView from './copy-view.svelte';

const user = userEvent.setup();
const file = (path: string, bytes = 1): ArchivedFile => ({ path, bytes, kind: 'file' });
const ended = { isCut: false, leftOut: 0, problem: null };

async function shows(part: Partial<ArchivePart>) {
  const bridge = new FakeBridge();
  const state = createWindowState(new PerchClient(bridge));
  const onback = vi.fn();
  const view: Component = (anchor) =>
    CopyView(anchor, {
      server: aServer({ id: 'home/u0' }),
      backup: aBackup('b1', { name: 'Nightly' }),
      onback,
    });
  render(Frame, { view, state });
  await tick();
  bridge.snapshot('copyFiles', { files: [], share: 1, end: ended, ...part });
  await tick();
  return { bridge, onback };
}

const rows = () =>
  screen.queryAllByTestId('copied-file').map((row) => row.querySelector('button')?.textContent.trim());
const open = (at: number) =>
  user.click(screen.getAllByTestId('copied-file')[at]?.querySelector('button') as HTMLElement);

it('leads through folders by keys, and back to the backups', async () => {
  const { onback } = await shows({
    files: [file('world/region/r.mca'), file('world/level.dat'), file('eula.txt')],
  });
  expect(rows()).toEqual([expect.stringContaining('world'), expect.stringContaining('eula.txt')]);
  await open(0);
  expect(rows()).toEqual([expect.stringContaining('region'), expect.stringContaining('level.dat')]);
  expect(document.activeElement?.textContent).toContain('region');
  await user.keyboard('{Enter}');
  expect(rows()).toEqual([expect.stringContaining('r.mca')]);
  await user.keyboard('{Backspace}{Backspace}');
  expect(rows()).toHaveLength(2);
  expect(onback).not.toHaveBeenCalled();
  await user.keyboard('{Escape}');
  expect(onback).toHaveBeenCalledOnce();
});

it('finds files in all folders, and reports an empty result', async () => {
  await shows({ files: [file('world/region/r.mca'), file('eula.txt')] });
  await user.type(screen.getByTestId('copy-search'), 'R.MCA');
  expect(rows()).toEqual([expect.stringContaining('world/region/r.mca')]);
  await user.type(screen.getByTestId('copy-search'), 'x');
  expect(screen.getByText('No file is called “R.MCAx”')).toBeTruthy();
});

it('shows the progress of reading the archive, the omissions of the list, and why the archive can’t be read', async () => {
  const { bridge } = await shows({ share: 0.42, end: null });
  expect(screen.getByTestId('copy-notes').textContent).toBe('Reading the archive: 42 % · 0 files');
  bridge.change('copyFiles', {
    files: [file('a')],
    share: 0.5,
    end: { isCut: true, leftOut: 2, problem: aProblem('protocol') },
  });
  await tick();
  expect(screen.getByTestId('copy-notes').textContent).toBe(
    '1 file · There are more files; Perch lists the first ones. · 2 files have names that can’t be shown.',
  );
  expect(screen.getByTestId('copy-problem')).toBeTruthy();
  expect(rows()).toHaveLength(1);
});

it('shows a text; offers to save a binary or too long file', async () => {
  const { bridge } = await shows({
    files: [file('a.txt'), file('b.dat'), { path: 'c', bytes: 0, kind: 'link' }],
  });
  const input = (path: string) => ({ serverId: 'home/u0', backup: 'b1', path });
  bridge.answer('copies.read', { kind: 'text', text: 'motd=<b>hi' });
  await open(0);
  expect(bridge.calls.at(-1)).toMatchObject({ name: 'copies.read', input: input('a.txt') });
  expect((await screen.findByTestId('copied-text-content')).textContent).toBe('motd=<b>hi');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  bridge.answer('copies.read', { kind: 'no-text' });
  bridge.answer('copies.saveFile', { path: '/home/olive/b.dat' });
  await open(1);
  await user.click(await screen.findByTestId('copied-text-save'));
  expect(bridge.calls.at(-1)).toMatchObject({ name: 'copies.saveFile', input: input('b.dat') });
  expect(screen.getByTestId('copied-file-saved').textContent).toContain('/home/olive/b.dat');
  await user.click(screen.getByRole('button', { name: 'Close' }));
  const before = bridge.calls.length;
  await open(2);
  expect(bridge.calls).toHaveLength(before);
});
