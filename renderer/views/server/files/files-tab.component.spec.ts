/** The Files tab: states of a folder, ways through folders, order, filter and selection. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { aFile, aFolder } from '../../../../tests/support/fake-files.js';
import { aFolderPart, FilesPage, serverId } from '../../../../tests/support/files-page.js';
import { layOutScrollers } from '../../../../tests/support/laid-out.js';

const some = [aFolder('plugins'), aFolder('world'), aFile('eula.txt'), aFile('server.properties')];
let page: FilesPage;

beforeEach(() => {
  page = new FilesPage();
});

describe('a folder', () => {
  it('is loading, then shows folders before files, with size, age and a count', async () => {
    await page.shows(null);
    expect(screen.getByRole('status', { name: 'Loading the folder…' })).toBeTruthy();
    await page.reads([aFile('a.txt', { bytes: 2048 }), aFolder('world')]);
    expect(page.names()).toEqual(['world', 'a.txt']);
    expect(page.row('a.txt').textContent).toContain('2 KiB');
    expect(screen.getByTestId('files-count').textContent).toBe('1 folder, 1 file, 2 KiB');
  });

  it('that is empty says so and offers a first folder and file', async () => {
    await page.shows([]);
    await page.user.click(
      within(screen.getByTestId('files-empty')).getByRole('button', { name: 'New folder…' }),
    );
    expect(screen.getByTestId('file-name-dialog')).toBeTruthy();
  });

  it('is not asked for without its permission, which is named', async () => {
    await page.shows(null, { isOwner: false, permissions: ['control.console'] });
    expect(screen.getByTestId('files-refused').textContent).toContain('file.read');
    expect(page.folder()).toBeUndefined();
  });

  it('that can’t be read says why, leads up, and is read again; an old list stays', async () => {
    await page.shows(some);
    page.state.navigation.go({ kind: 'server', serverId, tab: 'files', folder: '/gone' });
    await tick();
    await page.reads([], { problem: aProblem('not-found') });
    expect(screen.getByTestId('files-problem')).toBeTruthy();
    await page.user.click(screen.getByTestId('files-again'));
    expect(page.sent('files.refresh')).toEqual([{ serverId, path: '/gone' }]);
    await page.user.click(
      within(screen.getByTestId('files-problem')).getByRole('button', { name: 'Up one folder' }),
    );
    expect(page.folder()).toBe('/');
    await page.reads(some);
    await page.becomes([], { problem: aProblem('panel-unreachable') });
    expect(screen.getByTestId('files-problem')).toBeTruthy();
    expect(page.names()).toHaveLength(4);
  });

  it('shows what hides in a name, and takes a name that comes twice once', async () => {
    await page.shows([
      aFile('evil\u202etxt.exe'),
      aFile('evil\u202etxt.exe'),
      aFile('line\nbreak'),
      aFile('Line\nbreak'),
    ]);
    expect(page.rows().map((one) => one.querySelector('bdi')?.textContent)).toEqual([
      'evil[U+202E]txt.exe',
      'Line[U+000A]break',
      'line[U+000A]break',
    ]);
  });

  it('of many parts grows, and the next reading takes its place at its end only', async () => {
    await page.shows(null);
    await page.reads([aFile('a')], { end: false });
    await page.becomes([aFile('b')], { isFirst: false });
    expect(page.names()).toEqual(['a', 'b']);
    await page.becomes([aFile('c')], { end: false });
    expect(page.names()).toEqual(['a', 'b']);
    await page.becomes([], { isFirst: false });
    expect(page.names()).toEqual(['c']);
  });
});

it('is not read again when the server changes', async () => {
  await page.shows(some);
  await page.serverBecomes({ power: 'offline' });
  expect(page.names()).toHaveLength(4);
  expect(page.bridge.subscriptions.filter(({ name }) => name === 'folder')).toHaveLength(1);
});

it('of 100,000 files draws the rows in view only, and goes to its end by key', async () => {
  onTestFinished(layOutScrollers(400));
  await page.shows(null);
  const names = Array.from({ length: 100_000 }, (_, at) => aFile(`r.${at}.mca`));
  for (let at = 0; at < names.length; at += 2000) {
    const end = at + 2000 >= names.length;
    const part = names.slice(at, at + 2000);
    if (at === 0) await page.reads(part, { end });
    else page.bridge.change('folder', aFolderPart(part, { isFirst: false, end }));
  }
  await tick();
  expect(screen.getByTestId('files-count').textContent).toContain('100,000 files');
  expect(page.rows().length).toBeLessThan(60);
  expect(page.names().slice(0, 3)).toEqual(['r.0.mca', 'r.1.mca', 'r.2.mca']);
  await page.focusOn('r.0.mca');
  await page.user.keyboard('{End}');
  await waitFor(() => expect(page.focused()).toBe('r.99999.mca'));
});

describe('the way through folders', () => {
  it('by keys: Enter goes in, Backspace up to the row that was left, and back and forward follow', async () => {
    await page.shows(some);
    await page.focusOn('plugins');
    await page.user.keyboard('{ArrowDown}{Enter}');
    expect(page.folder()).toBe('/world');
    // Nothing is lost to a person at the keyboard while the folder is read.
    expect(document.activeElement).toBe(screen.getByTestId('files-list'));
    await page.reads([aFolder('region'), aFile('level.dat')]);
    await waitFor(() => expect(page.focused()).toBe('region'));
    await page.user.keyboard('{Backspace}');
    expect(page.folder()).toBe('/');
    await page.reads(some);
    await waitFor(() => expect(page.focused()).toBe('world'));
    page.state.navigation.back(() => true);
    await tick();
    expect(page.folder()).toBe('/world');
    page.state.navigation.back(() => true);
    page.state.navigation.forward(() => true);
    await tick();
    expect(page.folder()).toBe('/world');
  });

  it('takes a typed path, also a path of the container, and refuses paths that no panel can name', async () => {
    await page.shows(some);
    await page.user.keyboard('{Control>}l{/Control}');
    const field = screen.getByTestId('path-field');
    expect(document.activeElement).toBe(field);
    await page.user.clear(field);
    await page.user.type(field, '/home/container/plugins/../logs/ {Enter}');
    expect(page.folder()).toBe('/logs');
    await page.reads([]);
    await page.user.click(screen.getByTestId('path-type'));
    await page.user.type(screen.getByTestId('path-field'), '/ a{Enter}');
    expect(screen.getByTestId('path-field').getAttribute('aria-invalid')).toBe('true');
    await page.user.keyboard('{Escape}');
    expect(screen.getAllByTestId('crumb').map((crumb) => crumb.textContent.trim())).toEqual(['', 'logs']);
    await page.user.click(screen.getAllByTestId('crumb')[0] as HTMLElement);
    expect(page.folder()).toBe('/');
  });

  it('stays while another tab is shown', async () => {
    await page.shows(some);
    await page.user.click(page.row('world'));
    expect(page.state.forms.files(serverId).folder).toBe('/world');
  });
});

describe('the list', () => {
  it('is sorted by its head, filtered, and searched by letters', async () => {
    await page.shows([aFile('b', { bytes: 1 }), aFile('a', { bytes: 2 }), aFolder('z')]);
    await page.user.click(screen.getByTestId('files-sort-bytes'));
    expect(page.names()).toEqual(['z', 'a', 'b']);
    await page.user.click(screen.getByTestId('files-sort-name'));
    await page.user.click(screen.getByTestId('files-sort-name'));
    expect(page.names()).toEqual(['z', 'b', 'a']);
    await page.focusOn('z');
    await page.user.keyboard('a');
    expect(page.focused()).toBe('a');
    await page.user.type(screen.getByTestId('files-filter'), 'B');
    expect(page.names()).toEqual(['b']);
    await page.user.type(screen.getByTestId('files-filter'), 'x');
    expect(screen.getByTestId('files-none-found').textContent).toContain('“Bx”');
  });

  it('selects with Ctrl, Shift, Space and Ctrl+A; Esc clears, then leaves the tab alone', async () => {
    await page.shows(some);
    await page.user.keyboard('{Control>}');
    await page.user.click(page.row('plugins'));
    await page.user.keyboard('{/Control}{Shift>}');
    await page.user.click(page.row('eula.txt'));
    await page.user.keyboard('{/Shift}');
    expect(screen.getByTestId('files-count').textContent).toBe('Selected: 2 folders, 1 file, 1 KiB');
    expect(page.folder()).toBe('/');
    await page.focusOn('world');
    await page.user.keyboard(' ');
    expect(page.row('world').getAttribute('aria-selected')).toBe('false');
    await page.user.keyboard('{Control>}a{/Control}');
    expect(page.rows().every((one) => one.getAttribute('aria-selected') === 'true')).toBe(true);
    await page.user.keyboard('{Escape}');
    expect(page.rows().some((one) => one.getAttribute('aria-selected') === 'true')).toBe(false);
  });
});
