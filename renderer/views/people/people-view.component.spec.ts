/** The view "People": cells, unknown lists, filters, keys, and the removal of a person's access. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { aProblem } from '../../../tests/support/a-problem.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { aPerson } from '../../../tests/support/people-page.js';
import { PeopleViewPage, peopleOf } from '../../../tests/support/people-view-page.js';

let page: PeopleViewPage;

beforeEach(() => {
  page = new PeopleViewPage();
});

const moderator = ['activity.read', 'control.console', 'control.restart', 'control.start', 'control.stop'];
const sam = aPerson({ permissions: moderator, hasTwoFactor: true });
const anna = aPerson({
  uuid: 'of-anna',
  name: 'anna',
  email: 'anna@example.com',
  permissions: ['file.read'],
});
const arena = aServer({ id: 'home/u1', uuid: 'u1', name: 'Arena' });
const lobby = aServer({ id: 'home/u2', uuid: 'u2', name: 'Lobby' });
const hidden = aServer({ id: 'home/u3', uuid: 'u3', name: 'Mine', permissions: ['control.start'] });

const samWithLess = { ...sam, permissions: moderator.slice(1) };
const both = [peopleOf('home/u1', [sam, anna]), peopleOf('home/u2', [samWithLess])];

describe('the grid', () => {
  it('names roles and marks permissions that differ from them', async () => {
    await page.shows([lobby, arena], both);
    await waitFor(() =>
      expect(page.cells()).toEqual([
        ['anna anna@example.com', '1 permission', '–'],
        ['sam sam@example.com', 'Moderator', 'Moderator −1'],
      ]),
    );
    const heads = screen.getAllByRole('columnheader').map(({ textContent }) => textContent.trim());
    expect(heads).toEqual(['Person', 'Arena', 'Lobby']);
    const tip = screen.getAllByTestId('matrix-cell')[3]?.dataset['tip'];
    expect(tip).toMatch(/^Moderator\nLess: .+$/);
    expect(screen.getByTestId('matrix-status').textContent).toContain(
      '2 people besides the owners, on 2 servers',
    );
  });

  it.each([
    ['of the last minute has no age', 50_000, null],
    ['that is older has one', 120_000, 'Oldest list: 2 min ago'],
  ])('a list %s', async (_what, age, told) => {
    await page.shows([arena], [peopleOf('home/u1', [sam], { readAt: page.state.now.read() - age })]);
    await waitFor(() => expect(page.cells()).toHaveLength(1));
    if (told === null) expect(screen.queryByText(/Oldest list/)).toBeNull();
    else expect(screen.getByText(/Oldest list/).textContent.trim()).toBe(told);
  });

  it('shows unknown as unknown, with the reason, and never as no access', async () => {
    const waits = aServer({ id: 'home/u4', uuid: 'u4', name: 'Waits' });
    const failed = aServer({ id: 'home/u5', uuid: 'u5', name: 'Zed' });
    await page.shows(
      [arena, hidden, waits, failed],
      [
        peopleOf('home/u1', [sam], { leftOut: 3 }),
        peopleOf('home/u3', [sam]),
        { ...peopleOf('home/u5', []), people: null, readAt: null, problem: aProblem('panel-error') },
      ],
    );
    const kinds = screen.getAllByTestId('matrix-cell').map(({ dataset }) => dataset['kind']);
    expect(kinds).toEqual(['access', 'unknown', 'unknown', 'unknown']);
    const tips = screen.getAllByTestId('matrix-cell').map(({ dataset }) => dataset['tip']);
    // Servers whose list stays missing come last, and are counted apart from those that still load.
    expect(tips[1]).toBe('Unknown: The list is still loading.');
    expect(tips[2]).toContain('user.read');
    expect(tips[3]).toMatch(/^Unknown: /);
    expect(screen.getByTestId('matrix-reading').textContent).toContain('1 of 2');
    const missing = screen.getByTestId('matrix-missing');
    expect(missing.textContent).toContain('2 servers without a list');
    expect(missing.dataset['tip']).toContain('user.read');
  });

  it('offers to ask again only for a list that a panel did not give', async () => {
    const failed = { ...peopleOf('home/u2', []), people: null, readAt: null, problem: aProblem('forbidden') };
    await page.shows([arena, lobby, hidden], [peopleOf('home/u1', [sam]), failed]);
    await page.user.click(screen.getByTestId('people-retry'));
    expect(page.sent('people.retry')).toEqual([undefined]);
    expect(document.activeElement).toBe(screen.getByTestId('people-matrix'));
    page.bridge.change('fleetPeople', [{ ...failed, problem: null }]);
    await waitFor(() => expect(screen.queryByTestId('people-retry')).toBeNull());
    const kinds = screen.getAllByTestId('matrix-cell').map(({ dataset }) => dataset['kind']);
    expect(kinds).toEqual(['access', 'unknown', 'unknown']);
  });

  it('does not take somebody beyond a bounded list for somebody without access', async () => {
    await page.shows([arena, lobby], [peopleOf('home/u1', [sam]), peopleOf('home/u2', [], { leftOut: 3 })]);
    const kinds = screen.getAllByTestId('matrix-cell').map(({ dataset }) => dataset['kind']);
    expect(kinds).toEqual(['access', 'unknown']);
  });

  it('has a server of two accounts once, by the account that knows its people', async () => {
    const twin = aServer({ id: 'work/u1', uuid: 'u1', accountId: 'work', name: 'Arena' });
    const accounts = [anAccount(), anAccount({ id: 'work' })];
    await page.shows(
      [aServer({ ...arena, permissions: ['control.start'] }), twin],
      [peopleOf('work/u1', [sam])],
      {},
      accounts,
    );
    await waitFor(() => expect(page.cells()).toEqual([['sam sam@example.com', 'Moderator']]));
  });

  it('has somebody on two panels once, also with another spelling of the address', async () => {
    const other = aServer({ id: 'work/u9', uuid: 'u9', accountId: 'work', name: 'Zed' });
    const accounts = [anAccount(), anAccount({ id: 'work', panelUrl: 'https://other.example.com' })];
    const samThere = {
      ...sam,
      uuid: 'x',
      email: ' SAM@Example.com',
      hasTwoFactor: false,
      permissions: ['file.read'],
    };
    await page.shows(
      [arena, other],
      [peopleOf('home/u1', [sam]), peopleOf('work/u9', [samThere])],
      {},
      accounts,
    );
    await waitFor(() => expect(page.cells()).toEqual([['sam sam@example.com', 'Moderator', '1 permission']]));
    // Two factors only if the person has them on each panel.
    expect(screen.queryByText('Two factors')).toBeNull();
    screen.getByTestId('people-matrix').focus();
    await page.user.keyboard('{Delete}');
    await page.user.click(screen.getByTestId('access-go'));
    expect(page.sent('bulk.start')).toMatchObject([
      { serverIds: ['home/u1', 'work/u9'], access: { email: 'sam@example.com' } },
    ]);
  });

  it('cleans hostile names', async () => {
    const evil = aPerson({ name: '\u202eevil\n\u0007', email: 'evil@example.com' });
    await page.shows([aServer({ ...arena, name: 'Are\u202ena\n' })], [peopleOf('home/u1', [evil])]);
    expect(page.cells()[0]?.[0]).toBe('evil evil@example.com');
    expect(screen.getAllByRole('columnheader')[1]?.textContent.trim()).toBe('Arena');
  });

  it('draws only a part of 300 servers and 1,000 people', async () => {
    const many = Array.from({ length: 1000 }, (_, at) =>
      aPerson({ uuid: `p${at}`, name: `p${at}`, email: `p${at}@example.com`, permissions: moderator }),
    );
    const servers = Array.from({ length: 300 }, (_, at) =>
      aServer({ id: `home/s${at}`, uuid: `s${at}`, name: `S${at}` }),
    );
    await page.shows(servers, [peopleOf('home/s7', many)]);
    const grid = screen.getByTestId('people-matrix');
    expect(grid.getAttribute('aria-rowcount')).toBe('201');
    expect(grid.getAttribute('aria-colcount')).toBe('301');
    expect(screen.getAllByTestId('matrix-cell').length).toBeLessThan(500);
  });
});

describe('an empty grid', () => {
  it('loads, then says that nobody shares a server', async () => {
    await page.shows([arena], null);
    expect(screen.getByRole('status', { name: 'Loading the people…' })).toBeTruthy();
    page.bridge.snapshot('fleetPeople', [peopleOf('home/u1', [])]);
    expect((await screen.findByTestId('matrix-empty')).textContent).toContain('Nobody shares a server');
  });

  it('does not say that nobody shares a server if no list could be read', async () => {
    const failed = { ...peopleOf('home/u1', []), people: null, readAt: null, problem: aProblem('forbidden') };
    await page.shows([arena, hidden], [failed]);
    const empty = screen.getByTestId('matrix-empty');
    expect(empty.textContent).toContain('Nobody knows who shares the servers');
    // A refusal, and not the permission that one server lacks.
    expect(empty.textContent).toContain('Something went wrong: forbidden.');
    await page.user.click(within(empty).getByTestId('people-retry'));
    expect(page.sent('people.retry')).toEqual([undefined]);
    expect(document.activeElement).toBe(screen.getByTestId('matrix-search'));
  });
});

describe('the filters', () => {
  const names = () => page.cells().map(([name]) => name?.split(' ')[0]);

  it('choose people, servers and a permission', async () => {
    await page.shows([arena, lobby], both);
    await page.user.type(screen.getByTestId('matrix-search'), 'ANNA@');
    expect(names()).toEqual(['anna']);
    await page.user.clear(screen.getByTestId('matrix-search'));
    await page.user.type(screen.getByTestId('matrix-server'), 'lob');
    expect(page.cells()).toEqual([['sam sam@example.com', 'Moderator −1']]);
    await page.user.clear(screen.getByTestId('matrix-server'));
    screen.getByTestId('matrix-right').focus();
    await page.user.keyboard('{Enter}');
    const options = await screen.findAllByRole('option', { hidden: true });
    expect(options[0]?.textContent.trim()).toBe('Any permission');
    const wanted = options.find(({ dataset }) => dataset['value'] === 'activity.read');
    await page.user.click(wanted ?? document.body);
    expect(names()).toEqual(['sam']);
    const faint = screen.getAllByTestId('matrix-cell').map(({ classList }) => classList.contains('faint'));
    expect(faint).toEqual([false, true]);
  });

  it('say that nobody matches', async () => {
    await page.shows([arena], both);
    await page.user.type(screen.getByTestId('matrix-search'), 'nobody');
    expect(screen.getByTestId('matrix-empty').textContent).toContain('Nobody matches');
  });
});

describe('the keys', () => {
  const current = () =>
    document.getElementById(screen.getByTestId('people-matrix').getAttribute('aria-activedescendant') ?? '');

  it('move over the cells, and open one', async () => {
    await page.shows([arena, lobby], both);
    screen.getByTestId('people-matrix').focus();
    expect(current()?.textContent).toContain('anna');
    await page.user.keyboard('{ArrowDown}{End}');
    expect(current()?.textContent).toContain('Moderator');
    await page.user.keyboard('{ArrowDown}{ArrowRight}{Enter}');
    const dialog = screen.getByTestId('person-access');
    expect(dialog.textContent).toContain('Access of sam');
    const rows = screen.getAllByTestId('person-access-row').map(({ textContent }) => textContent);
    expect(rows[0]).toContain('Arena');
    expect(rows[1]).toMatch(/Lobby.*Moderator.*Less: /s);
    await page.user.click(screen.getAllByTestId('person-access-row')[1] ?? document.body);
    expect(page.state.navigation.view).toEqual({ kind: 'server', serverId: 'home/u2', tab: 'people' });
    expect(screen.queryByTestId('person-access')).toBeNull();
  });

  it('say why a cell is empty', async () => {
    await page.shows([arena, lobby, hidden], both);
    screen.getByTestId('people-matrix').focus();
    await page.user.keyboard('{ArrowRight}{ArrowRight}{Enter}');
    expect(screen.getByTestId('person-access-none').textContent).toMatch(/Lobby.*No access/s);
    expect(screen.getByTestId('person-access-unknown').textContent).toContain('anna may have access');
  });
});

describe('the end of all access', () => {
  it('asks with the list of servers, and is one bulk action', async () => {
    const noDelete = aServer({ id: 'home/u4', uuid: 'u4', name: 'Kept', permissions: ['user.read'] });
    await page.shows([arena, lobby, noDelete], [...both, peopleOf('home/u4', [sam])]);
    screen.getByTestId('people-matrix').focus();
    await page.user.keyboard('{ArrowDown}{Delete}');
    const targets = screen.getAllByTestId('target').map(({ textContent }) => textContent.trim());
    expect(targets).toEqual(['Arena', 'Lobby']);
    await page.user.click(screen.getByTestId('access-go'));
    const access = { email: 'sam@example.com', permissions: null, replaces: false };
    expect(page.sent('bulk.start')).toEqual([
      { serverIds: ['home/u1', 'home/u2'], action: 'take-access', waitsForEach: false, access },
    ]);
  });

  it.each([
    ['the own account', aPerson({ name: 'olive', email: 'olive@example.com' }), arena, 'your own account'],
    [
      'somebody without an address',
      aPerson({ email: '' }),
      arena,
      'does not show this person’s e-mail address',
    ],
    [
      'keys without the permission',
      sam,
      aServer({ ...arena, permissions: ['user.read'] }),
      'None of your keys',
    ],
  ])('is refused for %s, with the reason', async (_whom, person, server, why) => {
    await page.shows([server], [peopleOf('home/u1', [person])]);
    screen.getByTestId('people-matrix').focus();
    await page.user.keyboard('{Delete}');
    expect(screen.getByTestId('person-everywhere').getAttribute('aria-description')).toContain(why);
    expect(screen.queryByTestId('access-dialog')).toBeNull();
  });
});

it('exports the shown rows', async () => {
  await page.shows([arena, hidden], both);
  await page.user.type(screen.getByTestId('matrix-search'), 'sam');
  await page.user.click(screen.getByTestId('people-export'));
  const [saved] = page.sent('events.save') as { about: string; format: string; text: string }[];
  expect([saved?.about, saved?.format]).toEqual(['people', 'csv']);
  const lines = saved?.text.trim().split('\r\n') ?? [];
  expect(lines).toHaveLength(3);
  expect(lines[1]).toBe(`panel.example.com,Arena,sam,sam@example.com,2,Moderator,,,${moderator.join(' ')},`);
  expect(lines[2]).toMatch(/^panel\.example\.com,Mine,,,,,,,,.*user\.read/);
  expect((await screen.findByText(/People\.csv/)).textContent).toContain('/home/olive/People.csv');
});
