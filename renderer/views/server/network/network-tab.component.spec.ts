/** The Network tab: states of the list, notes in place, the default address, added and removed addresses. */
import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StartupVariable } from '../../../../bridge/schema/startup.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount } from '../../../../tests/support/entities.js';
import { anAllocation, NetworkPage } from '../../../../tests/support/network-page.js';

let page: NetworkPage;
const variable = (envVariable: string, serverValue: string): StartupVariable => ({
  name: envVariable,
  description: '',
  envVariable,
  defaultValue: '',
  serverValue,
  isEditable: true,
  rules: '',
});
const text = (testid: string): string => screen.getByTestId(testid).textContent;

beforeEach(() => {
  page = new NetworkPage();
});

describe('the list', () => {
  it('has address, default mark, notes and the variables that hold the port', async () => {
    page.variables = [variable('MAP_PORT', '8123'), variable('VOICE_PORT', '24454')];
    await page.shows();
    const first = await page.row(0);
    expect(first.getByTestId('allocation-copy').textContent).toMatch(/play\.example\.com:25565.*default/s);
    expect(first.getByTestId('allocation-copy').textContent).toContain('203.0.113.10:25565');
    expect(first.getByTestId('allocation-note').textContent).toMatch(/ Game$/);
    const second = await page.row(1);
    await waitFor(() =>
      expect(second.getByTestId('allocation-uses').textContent).toContain('Used by MAP_PORT'),
    );
    expect(text('network-missing')).toContain('VOICE_PORT');
    expect(text('network-count')).toMatch(/2 addresses\s*·\s*5 allowed/);
  });

  it('copies an address by one press', async () => {
    await page.shows();
    await page.user.click((await page.row(0)).getByTestId('allocation-copy'));
    expect(page.sent('clipboard.write')).toEqual([{ text: 'play.example.com:25565' }]);
  });

  it('shows hostile names as plain text', async () => {
    page.addresses = [anAllocation({ alias: '\u202eevil', notes: 'a\u0000b\u202ec' })];
    await page.shows();
    expect((await page.row(0)).getByTestId('allocation-note').textContent).toMatch(/ a bc$/);
  });

  it('of more than a few addresses has a search, also by notes and variables', async () => {
    page.variables = [variable('MAP_PORT', '8005')];
    page.addresses = Array.from({ length: 9 }, (_, at) =>
      anAllocation({ id: at + 1, port: 8000 + at, alias: null, notes: at === 3 ? 'Voice' : null }),
    );
    await page.shows();
    await page.row(8);
    const search = screen.getByTestId('network-search');
    for (const [typed, port] of [
      ['voice', '8003'],
      [':8007', '8007'],
      ['map_port', '8005'],
    ] as const) {
      await page.user.clear(search);
      await page.user.type(search, typed);
      await waitFor(() => expect(page.rows()).toHaveLength(1));
      expect(text('allocation-copy')).toContain(port);
    }
    await page.user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(screen.getByTestId('allocation-copy'));
    await page.user.type(search, 'x');
    expect(text('network-tab')).toContain('No address matches.');
  });

  it('asks nothing for a key that may not read, or while the server is closed', async () => {
    await page.shows({ permissions: ['control.console'] });
    expect(text('network-refused')).toContain('allocation.read');
    await page.shows({ condition: 'suspended' });
    expect(screen.getByTestId('network-closed')).toBeTruthy();
    expect(page.sent('network.list')).toEqual([]);
  });

  it('waits for a panel that does not answer, and reads once it does', async () => {
    await page.shows({}, anAccount({ state: { kind: 'failed', problem: aProblem('timeout'), retryAt: 0 } }));
    expect(text('network-waits')).toContain('as soon as the panel answers');
    expect(page.sent('network.list')).toEqual([]);
    page.bridge.snapshot('fleet', { accounts: [anAccount()], servers: [page.server] });
    await waitFor(() => expect(page.rows()).toHaveLength(2));
    expect(screen.queryByTestId('network-waits')).toBeNull();
  });

  it('names the failure, and reads again', async () => {
    page.bridge.refuse('network.list', aProblem('timeout'));
    await page.shows();
    await screen.findByTestId('network-problem');
    page.bridge.answerWith('network.list', () => page.addresses);
    await page.user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(page.rows()).toHaveLength(2));
  });

  it('says that uses are unknown to a key that may not read the startup', async () => {
    await page.shows({ permissions: ['allocation.read'] });
    await page.row(1);
    expect(text('network-no-variables')).toContain('may not read the startup');
    expect(page.sent('startup.read')).toEqual([]);
    expect(screen.getByTestId('network-add').getAttribute('aria-disabled')).toBe('true');
  });
});

describe('notes', () => {
  const box = (at = 0): HTMLInputElement => {
    const found = screen.getAllByTestId<HTMLInputElement>('allocation-note-box')[at];
    if (found === undefined) throw new Error('Nobody types notes.');
    return found;
  };

  it('are typed in place, and Enter saves them', async () => {
    page.bridge.answerWith('network.note', () =>
      page.addresses.map((one) => (one.id === 2 ? { ...one, notes: 'Map' } : one)),
    );
    await page.shows();
    await page.user.click((await page.row(1)).getByTestId('allocation-note'));
    await page.user.type(box(), 'Map{Enter}');
    expect(page.sent('network.note')).toEqual([
      { serverId: page.serverId, allocation: 2, notes: 'Map', replaces: '' },
    ]);
    await waitFor(async () =>
      expect((await page.row(1)).getByTestId('allocation-note').textContent).toMatch(/ Map$/),
    );
    expect(document.activeElement).toBe((await page.row(1)).getByTestId('allocation-copy'));
    expect(text('network-said')).toMatch(/^The notes of .+:8123 are saved\.$/);
  });

  it('stay as they were after Esc, and arrow keys stay in the text', async () => {
    await page.shows();
    await page.user.click((await page.row(0)).getByTestId('allocation-note'));
    await page.user.type(box(), 'x{ArrowLeft}{Delete}{ArrowDown}');
    expect(document.activeElement).toBe(box());
    expect(screen.queryByTestId('allocation-remove-question')).toBeNull();
    await page.user.keyboard('{Escape}');
    expect((await page.row(0)).getByTestId('allocation-note').textContent).toMatch(/ Game$/);
    expect(page.sent('network.note')).toEqual([]);
  });

  it('survive leaving the tab, and count as unsaved', async () => {
    await page.shows();
    await page.user.click((await page.row(1)).getByTestId('allocation-note'));
    await page.user.type(box(), 'Half');
    expect(page.state?.forms.serversWithDrafts).toEqual([page.serverId]);
    expect(page.state?.forms.network(page.serverId).draft(2)).toBe('Half');
  });

  it('that somebody changed meanwhile are shown before the next press replaces them', async () => {
    page.bridge.refuse('network.note', aProblem('conflict'));
    await page.shows();
    await page.user.click((await page.row(1)).getByTestId('allocation-note'));
    page.addresses = page.addresses.map((one) => (one.id === 2 ? { ...one, notes: 'Theirs' } : one));
    await page.user.type(box(), 'Mine{Enter}');
    await screen.findByText(/The panel has “Theirs” now/);
    expect(box().value).toBe('Mine');
    await page.user.type(box(), '{Enter}');
    expect(page.sent('network.note').at(-1)).toMatchObject({ notes: 'Mine', replaces: 'Theirs' });
  });

  it('that somebody changed are shown although an older read of the list is under way', async () => {
    page.bridge.refuse('network.note', aProblem('conflict'));
    await page.shows();
    await page.user.click((await page.row(1)).getByTestId('allocation-note'));
    const older = page.bridge.hold('network.list');
    const before = page.addresses;
    void page.state?.forms.network(page.serverId).read();
    page.bridge.answer(
      'network.list',
      before.map((one) => (one.id === 2 ? { ...one, notes: 'Theirs' } : one)),
    );
    await page.user.type(box(), 'Mine{Enter}');
    older(before);
    await screen.findByText(/The panel has “Theirs” now/);
  });

  it('stay open if more was typed while the panel saved', async () => {
    const answer = page.bridge.hold('network.note');
    await page.shows();
    await page.user.click((await page.row(1)).getByTestId('allocation-note'));
    await page.user.type(box(), 'Map{Enter}s');
    answer(page.addresses.map((one) => (one.id === 2 ? { ...one, notes: 'Map' } : one)));
    await waitFor(() => expect(page.state?.forms.network(page.serverId).saving.isRunning).toBe(false));
    expect(box().value).toBe('Maps');
    await page.user.type(box(), '{Enter}');
    expect(page.sent('network.note').at(-1)).toMatchObject({ notes: 'Maps', replaces: 'Map' });
  });

  it('of an address that is gone are shown, to copy or to discard', async () => {
    await page.shows();
    for (const at of [0, 1]) await page.user.click((await page.row(at)).getByTestId('allocation-note'));
    await page.user.type(box(1), 'Half');
    page.addresses = [];
    await page.user.click(screen.getByTestId('network-read'));
    const left = await screen.findByTestId('network-left-notes');
    expect(left.textContent).toMatch(/:8123 is no longer an address of this server\..*Half/s);
    expect(screen.getAllByTestId('network-left-notes')).toHaveLength(1);
    // The button had the focus.
    expect(document.activeElement).toBe(screen.getByTestId('network-read'));
    expect(page.state?.forms.serversWithDrafts).toEqual([page.serverId]);
    await page.user.click(screen.getByRole('button', { name: /^Copy the typed notes of .+:8123$/ }));
    expect(page.sent('clipboard.write')).toEqual([{ text: 'Half' }]);
    await page.user.click(screen.getByRole('button', { name: /^Discard the typed notes of .+:8123$/ }));
    expect(screen.queryByTestId('network-left-notes')).toBeNull();
    expect(page.state?.forms.serversWithDrafts).toEqual([]);
  });

  it('of an address that is gone have the focus if they were being typed', async () => {
    await page.shows();
    await page.user.click((await page.row(1)).getByTestId('allocation-note'));
    await page.user.type(box(), 'Half');
    page.addresses = page.addresses.slice(0, 1);
    await page.state?.forms.network(page.serverId).read();
    const left = await screen.findByRole('group', { name: /:8123 is no longer an address of this server/ });
    await waitFor(() => expect(document.activeElement).toBe(left));
    await page.user.keyboard(' ');
    expect(page.sent('clipboard.write')).toEqual([]);
    await page.user.tab();
    expect(document.activeElement).toBe(screen.getByTestId('network-left-copy'));
  });

  it('of several addresses have buttons with names of their own', async () => {
    await page.shows();
    for (const at of [0, 1]) await page.user.click((await page.row(at)).getByTestId('allocation-note'));
    const names = ['allocation-note-save', 'allocation-note-cancel'].flatMap((testid) =>
      screen.getAllByTestId(testid).map((button) => button.getAttribute('aria-label')),
    );
    expect(new Set(names).size).toBe(4);
    expect(names[1]).toMatch(/^Save the notes of .+:8123$/);
  });

  it('that are too long are not sent', async () => {
    await page.shows();
    await page.user.click((await page.row(1)).getByTestId('allocation-note'));
    await page.user.click(box());
    await page.user.paste('🐦'.repeat(258));
    await page.user.keyboard('{Enter}');
    expect(screen.getByTestId('network-tab').textContent).toContain('2 characters too long');
    expect(page.sent('network.note')).toEqual([]);
    await page.user.clear(box());
    await page.user.paste('🐦'.repeat(256));
    await page.user.keyboard('{Enter}');
    expect(page.sent('network.note')).toMatchObject([{ notes: '🐦'.repeat(256) }]);
  });
});

describe('changes', () => {
  it('another default address counts from the next start', async () => {
    page.bridge.answerWith('network.makeDefault', () =>
      page.addresses.map((one) => ({ ...one, isDefault: one.id === 2 })),
    );
    await page.shows();
    await page.fromMenu('allocation-default', 1);
    await waitFor(() => expect(text('network-next-start')).toContain('from its next start'));
    expect(page.sent('network.makeDefault')).toEqual([{ serverId: page.serverId, allocation: 2 }]);
  });

  it('an added address gets the focus', async () => {
    const added = anAllocation({ id: 3, port: 25_700 });
    page.bridge.answerWith('network.add', () => [...page.addresses, added]);
    await page.shows();
    await page.row(1);
    await page.user.click(screen.getByTestId('network-add'));
    const third = await page.row(2);
    await waitFor(() => expect(document.activeElement).toBe(third.getByTestId('allocation-copy')));
    expect(text('network-said')).toMatch(/:25700 is added\.$/);
  });

  it('an added address is the last one, whatever somebody else added since the tab was read', async () => {
    const [other, added] = [anAllocation({ id: 4, port: 25_800 }), anAllocation({ id: 3, port: 25_700 })];
    page.bridge.answerWith('network.add', () => [...page.addresses, other, added]);
    await page.shows();
    await page.row(1);
    await page.user.click(screen.getByTestId('network-add'));
    await waitFor(() => expect(text('network-said')).toMatch(/:25700 is added\.$/));
  });

  it('after a lost answer the tab is read again, and says nothing of an added address', async () => {
    page.bridge.refuse('network.add', aProblem('timeout', { maybeDone: true }));
    await page.shows();
    await page.row(1);
    page.addresses = [...page.addresses, anAllocation({ id: 3, port: 25_700 })];
    await page.user.click(screen.getByTestId('network-add'));
    await screen.findByTestId('network-change-problem');
    await waitFor(() => expect(page.rows()).toHaveLength(3));
    expect(text('network-said')).toBe('');
  });

  it('the limit is said before, and the refusal of the panel after', async () => {
    await page.shows({ limits: { memoryBytes: null, diskBytes: null, cpuPercent: null, allocations: 2 } });
    await page.row(1);
    expect(screen.getByTestId('network-add').getAttribute('aria-disabled')).toBe('true');
    await page.shows({ limits: { memoryBytes: null, diskBytes: null, cpuPercent: null } });
    page.bridge.refuse('network.add', aProblem('conflict'));
    await page.user.click(screen.getAllByTestId('network-add').at(-1) ?? document.body);
    await screen.findByTestId('network-change-problem');
  });

  it('Delete asks, names the variables with the port, and removes', async () => {
    page.variables = [variable('MAP_PORT', '8123')];
    page.bridge.answerWith('network.remove', () => page.addresses.slice(0, 1));
    await page.shows();
    const second = await page.row(1);
    await waitFor(() => expect(second.getByTestId('allocation-uses').textContent).toContain('MAP_PORT'));
    second.getByTestId('allocation-copy').focus();
    await page.user.keyboard('{Delete}');
    expect(text('allocation-remove-uses')).toContain('MAP_PORT');
    expect(page.sent('network.remove')).toEqual([]);
    await page.user.click(screen.getByTestId('allocation-remove-go'));
    await waitFor(() => expect(text('network-said')).toMatch(/:8123 is removed\.$/));
    await waitFor(() => expect(page.rows()).toHaveLength(1));
  });

  it('the default address is not removed', async () => {
    await page.shows();
    (await page.row(0)).getByTestId('allocation-copy').focus();
    await page.user.keyboard('{Delete}');
    expect(screen.queryByTestId('allocation-remove-question')).toBeNull();
  });
});
