/** The Databases tab: list, limit, passwords on a press, new password, deletion. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { DatabasesPage } from '../../../../tests/support/databases-page.js';
import { aDatabase } from '../../../../tests/support/some-databases.js';

const ref = { serverId: 'home/u0', database: 'R719VEq2' };
let page: DatabasesPage;

beforeEach(() => {
  page = new DatabasesPage();
});

describe('the list', () => {
  it('has name, address, user and from where the user connects', async () => {
    page.kept = [
      aDatabase(),
      aDatabase({ id: '7', name: 's32_second', connectionsFrom: '10.0.0.%', maxConnections: 5 }),
    ];
    await page.shows();
    await waitFor(() => expect(page.cards()).toHaveLength(2));
    const [first, second] = page.cards().map((card) => card.textContent.replace(/\s+/g, ' '));
    expect(first).toContain('s32_main');
    expect(first).toContain('Address db.example.com:3306');
    expect(first).toContain('User u32_EW5wPPr5pD');
    expect(first).toContain('Connects from anywhere');
    expect(second).toContain('Connects from 10.0.0.%');
    expect(second).toContain('Connections at most 5 at a time');
    expect(screen.getByTestId('databases-count').textContent).toBe('2 of 2 databases');
  });

  it('has a database without an address, of which the password alone can be copied', async () => {
    page.kept = [aDatabase({ host: null })];
    await page.shows();
    const why = 'The panel names no address for this database.';
    expect(within(await page.card()).getByTestId('database-address').textContent).toBe(why);
    expect(screen.getByTestId('database-open').getAttribute('aria-description')).toContain(why);
    await page.chooses('database-copy', 'database-copy-luckperms');
    // A blocked entry leaves the menu open.
    await page.user.click(screen.getByTestId('database-copy-password'));
    expect(page.sent('databases.copy')).toEqual([{ ...ref, what: 'password' }]);
  });

  it('is loading, then empty with a hint', async () => {
    const release = page.bridge.hold('databases.list');
    await page.shows();
    expect(screen.getByRole('status', { name: 'Loading the databases…' })).toBeTruthy();
    release([]);
    expect((await screen.findByTestId('databases-empty')).textContent).toContain('LuckPerms');
  });

  it('names the failure, and reads again', async () => {
    page.bridge.refuse('databases.list', aProblem('timeout'));
    await page.shows();
    const banner = await screen.findByTestId('databases-problem');
    page.bridge.answerWith('databases.list', () => page.kept);
    await page.user.click(within(banner).getByRole('button', { name: 'Try again' }));
    expect(await page.card()).toBeTruthy();
    expect(screen.queryByTestId('databases-problem')).toBeNull();
  });

  it('sends no request for a key that may not read', async () => {
    await page.shows({ permissions: ['control.console'] });
    expect(screen.getByTestId('databases-refused').textContent).toContain('database.read');
    expect(page.sent('databases.list')).toEqual([]);
  });

  it('sends no request while the server is closed', async () => {
    await page.shows({ condition: 'suspended' });
    expect(screen.getByTestId('databases-closed')).toBeTruthy();
    expect(page.sent('databases.list')).toEqual([]);
  });
});

describe('the limit is shown before a request', () => {
  const blockOf = () => screen.getByTestId('database-new').getAttribute('aria-description');

  it.each([
    [1, 'The host allows at most 1 database for this server.'],
    [2, null],
    [null, null],
  ])('of %s', async (limit, block) => {
    await page.shows({}, limit);
    await page.card();
    expect(blockOf()).toBe(block);
    await page.user.click(screen.getByTestId('database-new'));
    expect(screen.queryByTestId('database-dialog') === null).toBe(block !== null);
  });

  it('of none', async () => {
    page.kept = [];
    await page.shows({}, 0);
    expect((await screen.findByTestId('databases-empty')).textContent).toContain('can’t have databases');
    expect(blockOf()).toBe('The host allows no databases for this server.');
  });
});

describe('a password', () => {
  it('is asked for on a press, shown, and hidden again', async () => {
    await page.shows();
    const card = within(await page.card());
    expect(page.sent('databases.showPassword')).toEqual([]);
    expect(card.getByTestId('database-password').textContent).toContain('hidden');
    await page.user.click(card.getByRole('button', { name: 'Show the password of s32_main' }));
    await waitFor(() => expect(card.getByTestId('database-password').textContent).toBe('p@ss'));
    expect(page.sent('databases.showPassword')).toEqual([ref]);
    await page.user.click(card.getByRole('button', { name: 'Hide the password of s32_main' }));
    expect(card.getByTestId('database-password').textContent).not.toContain('p@ss');
  });

  it.each(['password', 'connection', 'jdbc', 'luckperms', 'coreprotect'])(
    'is copied by main in the form %s, and never reaches the window',
    async (what) => {
      await page.shows();
      await page.chooses('database-copy', `database-copy-${what}`);
      await waitFor(() => expect(screen.getByTestId('database-said').textContent).toContain('Copied'));
      expect(page.sent('databases.copy')).toEqual([{ ...ref, what }]);
      expect(page.sent('databases.showPassword')).toEqual([]);
      expect(page.sent('clipboard.write')).toEqual([]);
    },
  );

  it('goes over the clipboard to another program', async () => {
    await page.shows();
    await page.user.click(within(await page.card()).getByTestId('database-open'));
    await waitFor(() =>
      expect(screen.getByTestId('database-said').textContent).toContain('Paste the password'),
    );
    expect(page.sent('databases.open')).toEqual([ref]);
  });

  it('that the account may not see gives the reason, and sends no request', async () => {
    await page.shows({ permissions: ['database.read'] });
    const show = within(await page.card()).getByTestId('database-show');
    expect(show.getAttribute('aria-description')).toContain('database.view_password');
    await page.user.click(show);
    expect(page.sent('databases.showPassword')).toEqual([]);
  });

  it('that the panel refuses says so in its card', async () => {
    page.bridge.refuse('databases.showPassword', aProblem('timeout'));
    await page.shows();
    await page.user.click(within(await page.card()).getByTestId('database-show'));
    expect(await screen.findByTestId('database-problem')).toBeTruthy();
  });
});

describe('a new database', () => {
  it('is made of a checked name, with Enter, and then has the focus', async () => {
    page.bridge.answerWith('databases.create', () => aDatabase({ id: 'new', name: 's32_second' }));
    await page.shows();
    await page.card();
    await page.user.click(screen.getByTestId('database-new'));
    expect(screen.getByTestId('database-limit').textContent).toBe('1 of 2 databases');
    await page.user.type(screen.getByTestId('database-name'), 'a b');
    expect(screen.getByTestId('database-save').getAttribute('aria-description')).toContain('Only letters');
    await page.user.clear(screen.getByTestId('database-name'));
    await page.user.type(screen.getByTestId('database-name'), 'second{Enter}');
    await waitFor(() => expect(page.cards()).toHaveLength(2));
    expect(page.sent('databases.create')).toEqual([{ serverId: 'home/u0', name: 'second', from: '%' }]);
    expect(screen.getByTestId('databases-done').textContent?.trim()).toBe('“s32_second” is ready.');
    await waitFor(() => expect(page.cards()[1]?.contains(document.activeElement)).toBe(true));
  });

  it('that is refused keeps the entered text', async () => {
    page.bridge.refuse('databases.create', aProblem('timeout'));
    await page.shows();
    await page.card();
    await page.user.click(screen.getByTestId('database-new'));
    await page.user.type(screen.getByTestId('database-name'), 'second{Enter}');
    expect(await screen.findByTestId('database-save-problem')).toBeTruthy();
    expect(screen.getByTestId<HTMLInputElement>('database-name').value).toBe('second');
  });
});

it('a new password asks first, and forgets the shown one', async () => {
  await page.shows();
  await page.user.click(within(await page.card()).getByTestId('database-show'));
  await waitFor(() => expect(screen.getByTestId('database-password').textContent).toBe('p@ss'));
  await page.chooses('database-more', 'database-rotate');
  expect(screen.getByTestId('database-rotate-question').textContent).toContain('“s32_main”');
  expect(page.sent('databases.rotate')).toEqual([]);
  await page.user.click(screen.getByTestId('database-rotate-go'));
  await waitFor(() => expect(page.sent('databases.rotate')).toEqual([ref]));
  await waitFor(() => expect(screen.getByTestId('database-password').textContent).not.toContain('p@ss'));
  expect(screen.getByTestId('databases-done').textContent).toContain('new password');
});

it('a change whose answer is lost forgets the shown password as well, which may be the old one', async () => {
  page.bridge.refuse('databases.rotate', aProblem('timeout', { maybeDone: true }));
  await page.shows();
  await page.user.click(within(await page.card()).getByTestId('database-show'));
  await waitFor(() => expect(screen.getByTestId('database-password').textContent).toBe('p@ss'));
  await page.chooses('database-more', 'database-rotate');
  await page.user.click(screen.getByTestId('database-rotate-go'));
  await waitFor(() => expect(screen.getByTestId('database-password').textContent).not.toContain('p@ss'));
  expect(screen.getByTestId('database-rotate-question')).toBeTruthy();
});

it('a deletion wants the name typed', async () => {
  await page.shows();
  await page.chooses('database-more', 'database-delete');
  const go = screen.getByTestId('database-delete-go');
  await page.user.click(go);
  expect(page.sent('databases.remove')).toEqual([]);
  await page.user.type(screen.getByTestId('database-delete-name'), 's32_main');
  await page.user.click(go);
  expect(await screen.findByTestId('databases-empty')).toBeTruthy();
  expect(page.sent('databases.remove')).toEqual([{ ...ref, typed: 's32_main' }]);
  expect(screen.getByTestId('databases-done').textContent?.trim()).toBe('“s32_main” is deleted.');
});

it('the keys of an account that may only read are blocked with their reasons', async () => {
  await page.shows({ permissions: ['database.read'] });
  await page.user.click(within(await page.card()).getByTestId('database-more'));
  for (const [entry, permission] of [
    ['database-rotate', 'database.update'],
    ['database-delete', 'database.delete'],
  ] as const) {
    expect((await screen.findByTestId(entry)).outerHTML).toContain(permission);
  }
});
