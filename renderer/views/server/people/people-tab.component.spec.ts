/** The People tab: states of the list, its keys, and the calls of its dialogs. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Server } from '../../../../bridge/schema/domain.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { aServer, someSettings } from '../../../../tests/support/entities.js';
import { aPerson, PeoplePage } from '../../../../tests/support/people-page.js';

let page: PeoplePage;

beforeEach(() => {
  page = new PeoplePage();
});

const moderator = ['activity.read', 'control.console', 'control.restart', 'control.start', 'control.stop'];

describe('the list', () => {
  it('has name, address, role and factors of each person', async () => {
    const evil = aPerson({
      uuid: 'of-evil',
      name: '\u202eevil\n',
      hasTwoFactor: true,
      permissions: moderator,
    });
    page.people = [...page.people, evil];
    await page.shows();
    await waitFor(() => expect(page.rows()).toHaveLength(2));
    await waitFor(() => expect(page.rows()[1]?.textContent).toContain('Moderator'));
    expect(page.rows()[0]?.textContent).toMatch(/sam.*sam@example\.com.*1 permission.*Password only/s);
    expect(page.rows()[1]?.querySelector('bdi')?.textContent).toBe('evil');
    expect(page.rows()[1]?.textContent).toContain('Two factors');
    expect(screen.getByTestId('people-count').textContent).toBe('2 people');
  });

  it('is loading, then empty with the next step', async () => {
    const release = page.bridge.hold('people.list');
    await page.shows();
    expect(screen.getByRole('status', { name: 'Loading the people…' })).toBeTruthy();
    release([]);
    expect(await screen.findByTestId('people-empty')).toBeTruthy();
  });

  it('names the failure, and reads again', async () => {
    page.bridge.refuse('people.list', aProblem('timeout'));
    await page.shows();
    const banner = await screen.findByTestId('people-problem');
    page.bridge.answerWith('people.list', () => page.people);
    await page.user.click(within(banner).getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(page.rows()).toHaveLength(1));
  });

  it.each<[Partial<Server>, string]>([
    [{ permissions: ['control.console'] }, 'people-refused'],
    [{ condition: 'suspended' }, 'people-closed'],
  ])('asks nothing with %j', async (fields, testid) => {
    await page.shows(fields);
    expect(screen.getByTestId(testid)).toBeTruthy();
    expect(page.sent('people.list')).toEqual([]);
  });

  it('has a search once it is long', async () => {
    page.people = Array.from({ length: 9 }, (_, at) =>
      aPerson({ uuid: `p${at}`, name: `n${at}`, email: `n${at}@example.com` }),
    );
    await page.shows();
    await waitFor(() => expect(page.rows()).toHaveLength(9));
    await page.user.type(screen.getByTestId('people-search'), 'N7@');
    expect(page.rows()).toHaveLength(1);
  });

  it('asks with Delete, and keeps the focus in the list', async () => {
    page.people = [...page.people, aPerson({ uuid: 'of-anna', name: 'anna' })];
    await page.shows();
    await waitFor(() => expect(page.rows()).toHaveLength(2));
    page.rows()[0]?.querySelector('button')?.focus();
    await page.user.keyboard('{ArrowDown}{Delete}');
    expect(screen.getByTestId('person-remove-question').textContent).toContain('anna');
    await page.presses('person-remove-go');
    await waitFor(() => expect(page.rows()).toHaveLength(1));
    expect(page.sent('people.remove')).toEqual([{ serverId: page.serverId, person: 'of-anna' }]);
    await waitFor(() => expect(document.activeElement?.textContent).toContain('sam'));
    expect(screen.getByTestId('people-said').textContent).toBe('anna has no access any more.');
  });

  it('says that entries could not be read, and lets nobody change somebody without an id', async () => {
    const unread = { ...aPerson({ name: '', email: '' }), uuid: '?0' };
    page.people = [unread, { ...unread, uuid: '?1' }, aPerson({ uuid: '?2', name: 'anna' })];
    await page.shows();
    await waitFor(() => expect(page.rows()).toHaveLength(1));
    expect(screen.getByTestId('people-unread').textContent).toContain('lists 2 more people');
    page.rows()[0]?.querySelector('button')?.focus();
    await page.user.keyboard('{Delete}');
    expect(screen.queryByTestId('person-remove-question')).toBeNull();
    await page.opens();
    const save = screen.getByTestId('person-save');
    expect(save.getAttribute('aria-description')).toContain('names no id for this person');
  });

  it('lets nobody remove or change the own entry', async () => {
    page.people = [aPerson({ name: 'olive', email: 'olive@example.com' })];
    await page.shows();
    await waitFor(() => expect(page.rows()).toHaveLength(1));
    page.rows()[0]?.querySelector('button')?.focus();
    await page.user.keyboard('{Delete}');
    expect(screen.queryByTestId('person-remove-question')).toBeNull();
    await page.opens();
    expect(screen.getByTestId('person-own')).toBeTruthy();
    expect(screen.getByTestId('person-save').getAttribute('aria-disabled')).toBe('true');
  });
});

describe('a new person', () => {
  it('needs an address and a permission, and starts from a role', async () => {
    await page.shows();
    await page.user.click(await screen.findByTestId('person-new'));
    const save = screen.getByTestId('person-save');
    expect(save.getAttribute('aria-description')).toBe('Enter an e-mail address.');
    await page.user.type(screen.getByLabelText('E-mail address'), 'sam@EXAMPLE.com');
    expect(save.getAttribute('aria-description')).toBe('sam has access already.');
    await page.user.type(screen.getByLabelText('E-mail address'), 'x');
    expect(save.getAttribute('aria-description')).toBe('Choose at least one permission.');
    await page.picks('person-role', 'Moderator');
    expect(page.box('control.stop').checked).toBe(true);
    expect(page.box('websocket.connect').disabled).toBe(true);
    await page.user.click(page.box('control.stop'));
    expect(screen.getByTestId('person-role').textContent).toContain('As chosen below');
    await page.presses('person-save');
    const permissions = moderator.filter((id) => id !== 'control.stop');
    expect(page.sent('people.add')).toEqual([
      { serverId: page.serverId, email: 'sam@EXAMPLE.comx', permissions },
    ]);
    await waitFor(() => expect(screen.queryByTestId('person-dialog')).toBeNull());
    expect(page.rows()).toHaveLength(2);
  });

  it('gets the same as somebody else, or a whole group', async () => {
    await page.shows();
    await page.user.click(await screen.findByTestId('person-new'));
    await waitFor(() => expect(document.querySelector('[data-permission]')).not.toBeNull());
    await page.picks('person-role', 'The same as sam');
    expect(page.box('control.start').checked).toBe(true);
    await page.user.click(screen.getByRole('checkbox', { name: 'All of “Files”' }));
    expect(page.box('file.delete').checked).toBe(true);
    expect(screen.getByTestId('rights-sum').textContent.trim()).toBe('4 permissions');
  });

  it('keeps the entered text after a refusal', async () => {
    page.bridge.refuse('people.add', aProblem('conflict'));
    await page.shows();
    await page.user.click(await screen.findByTestId('person-new'));
    await waitFor(() => expect(document.querySelector('[data-permission]')).not.toBeNull());
    await page.user.type(screen.getByLabelText('E-mail address'), 'new@example.com');
    await page.user.click(page.box('control.start'));
    await page.presses('person-save');
    expect(await screen.findByTestId('person-save-problem')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('E-mail address').value).toBe('new@example.com');
    expect(page.box('control.start').checked).toBe(true);
  });
});

describe('a change', () => {
  it('counts granted and removed permissions, and sends the seen state', async () => {
    await page.shows();
    await page.opens();
    await page.user.click(page.box('control.start'));
    await page.user.click(page.box('file.read'));
    await page.user.click(page.box('file.update'));
    expect(screen.getByTestId('rights-sum').textContent).toMatch(/Adds 2 permissions.*Removes 1 permission/s);
    await page.presses('person-save');
    expect(page.sent('people.change')).toEqual([
      {
        serverId: page.serverId,
        person: 'of-sam',
        permissions: ['file.read', 'file.update'],
        replaces: ['control.start', 'websocket.connect'],
      },
    ]);
  });

  it('keeps permissions that the panel does not list', async () => {
    page.people = [aPerson({ permissions: ['control.start', 'plugin:pregen/start', 'reset'] })];
    await page.shows();
    await page.opens();
    await page.user.click(page.box('file.read'));
    await page.presses('person-save');
    expect(page.sent('people.change')).toMatchObject([
      { permissions: ['control.start', 'file.read', 'plugin:pregen/start', 'reset'] },
    ]);
  });

  it('shows what somebody else changed meanwhile, and replaces that with the next press', async () => {
    await page.shows();
    await page.opens();
    await page.user.click(page.box('file.read'));
    const changed = { ...aProblem('conflict'), message: { id: 'actions.person-changed' } as const };
    page.bridge.refuse('people.change', changed);
    page.people = [aPerson({ permissions: ['control.stop'] })];
    await page.presses('person-save');
    expect(await screen.findByTestId('person-other')).toBeTruthy();
    page.bridge.answerWith('people.change', () => page.people[0]);
    await page.presses('person-save');
    expect(page.sent('people.change').at(-1)).toMatchObject({ replaces: ['control.stop'] });
  });

  it('stays open while somebody else removes the person, and says so at the save', async () => {
    await page.shows();
    await page.opens();
    await page.user.click(page.box('file.read'));
    page.people = [];
    page.bridge.refuse('people.change', { ...aProblem('not-found'), message: { id: 'actions.person-gone' } });
    await page.presses('people-read');
    await waitFor(() => expect(page.rows()).toEqual([]));
    expect(page.box('file.read').checked).toBe(true);
    await page.presses('person-save');
    expect(await screen.findByTestId('person-save-problem')).toBeTruthy();
  });

  it('cannot give permissions that the own account lacks, and says so before', async () => {
    page.people = [aPerson({ permissions: ['control.start', 'file.delete'] })];
    await page.shows({ permissions: ['user.read', 'user.update', 'control.start', 'file.read'] });
    await page.opens();
    expect(page.box('file.delete').disabled).toBe(true);
    expect(page.box('file.delete').closest('label')?.textContent).toContain('your account lacks this');
    expect(screen.getByTestId('person-keeps-not').textContent).toContain('1 permission');
    await page.picks('person-role', 'Everything that you may give');
    await page.presses('person-save');
    expect(page.sent('people.change')).toMatchObject([{ permissions: ['control.start', 'file.read'] }]);
  });
});

describe('own roles', () => {
  const ownRoles = [{ id: 'r1', name: 'Streamer', permissions: ['control.start', 'file.read'] }];

  it('can be saved from the chosen permissions', async () => {
    page.settings = { ownRoles };
    await page.shows();
    await page.opens();
    await page.presses('role-keep');
    await page.user.type(screen.getByTestId('role-name'), 'Streamer');
    expect(screen.getByTestId('role-name-go').getAttribute('aria-description')).toContain('already');
    await page.user.type(screen.getByTestId('role-name'), ' 2');
    await page.presses('role-name-go');
    expect(page.sent('settings.update')).toMatchObject([
      { ownRoles: [...ownRoles, { name: 'Streamer 2', permissions: ['control.start'] }] },
    ]);
  });

  it('wait for a change of the roles that is on its way', async () => {
    page.settings = { ownRoles };
    await page.shows();
    await page.opens();
    const answer = page.bridge.hold('settings.update');
    const both = [...ownRoles, { id: 'r2', name: 'Other', permissions: ['control.stop'] }];
    void page.state?.settings.change({ ownRoles: both });
    await page.presses('role-keep');
    await page.user.type(screen.getByTestId('role-name'), 'New');
    await page.presses('role-name-go');
    expect(page.sent('settings.update')).toHaveLength(1);
    answer(someSettings({ ownRoles: both }));
    await waitFor(() => expect(page.sent('settings.update')).toHaveLength(2));
    expect(page.sent('settings.update')[1]).toMatchObject({ ownRoles: [...both, { name: 'New' }] });
  });

  it('are named in the list, and deleted', async () => {
    page.settings = { ownRoles };
    page.people = [aPerson({ permissions: ['file.read', 'control.start'] })];
    await page.shows();
    await waitFor(() => expect(page.rows()[0]?.textContent).toContain('Streamer'));
    await page.opens();
    await page.presses('role-forget');
    expect(page.sent('settings.update')).toEqual([{ ownRoles: [] }]);
  });
});

describe('many servers', () => {
  const others = [
    aServer({ id: 'home/u1', name: 'Lobby', permissions: ['*'] }),
    aServer({ id: 'home/u2', name: 'Creative', permissions: ['user.read', 'user.create'] }),
    aServer({ id: 'home/u3', name: 'Arena', permissions: ['control.start'] }),
  ];
  const whys = () => screen.getAllByTestId('target').map((one) => one.textContent.trim());

  it('get the permissions chosen for a person, except servers that cannot give them', async () => {
    await page.shows({}, others);
    await page.opens();
    await page.user.click(page.box('file.read'));
    await page.presses('person-many');
    expect(whys()).toEqual([
      expect.stringContaining('user.read') as string,
      expect.stringContaining('lacks 2 of these permissions') as string,
      'Lobby',
    ]);
    expect(screen.getByTestId('access-go').getAttribute('aria-description')).toBe(
      'Choose at least one server.',
    );
    await page.presses('target-all');
    await page.user.click(screen.getByRole('switch', { name: /Replace other permissions/ }));
    await page.presses('access-go');
    const access = { email: 'sam@example.com', permissions: ['control.start', 'file.read'], replaces: true };
    expect(page.sent('bulk.start')).toEqual([
      { serverIds: ['home/u1'], action: 'give-access', waitsForEach: false, access },
    ]);
  });

  it('lose a person, this server too, and the list is read again at the end', async () => {
    await page.shows({}, others);
    await page.opens();
    await page.presses('person-remove');
    await page.presses('person-take-many');
    await page.presses('access-go');
    const access = { email: 'sam@example.com', permissions: null, replaces: false };
    expect(page.sent('bulk.start')).toEqual([
      { serverIds: [page.serverId], action: 'take-access', waitsForEach: false, access },
    ]);
    page.people = [];
    page.bridge.snapshot('bulk', {
      id: 'run',
      action: 'take-access',
      pauseMs: 0,
      startedAt: 0,
      nextAt: null,
      finishedAt: 1,
      isCancelled: false,
      waitsForEach: false,
      items: [{ serverId: page.serverId, name: 'Survival', outcome: 'done', problem: null }],
    });
    expect(await screen.findByTestId('people-empty')).toBeTruthy();
  });
});
