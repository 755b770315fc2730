import { expect, it } from 'vitest';
import { applyChanges, emptyFleet, type FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import type { MenuModel } from './menu-entry.js';
import { menuModel, type MenuPreferences } from './menu-model.js';

/** More servers than the menu holds; the given servers have crashed. */
function fleet(crashed: readonly string[]): FleetState {
  const servers = Array.from({ length: 40 }, (_, at): Server => {
    const id = `home/${at}`;
    const crash = crashed.includes(id) ? ({ power: 'offline', crashedAt: 1 } as const) : {};
    return aServer({ id, name: `Server ${at}`, power: 'running', ...crash });
  });
  return applyChanges(emptyFleet, [
    { kind: 'account-upserted', account: anAccount() },
    ...servers.map((server) => ({ kind: 'server-upserted' as const, server })),
  ]);
}

function menuOf(state: FleetState, ids: readonly string[], wishes: Partial<MenuPreferences> = {}): MenuModel {
  return menuModel(state, {
    pins: [],
    groups: [],
    recent: [],
    asks: { confirmStop: false, confirmRestart: false },
    isLeftOut: () => false,
    unseen: 0,
    update: null,
    developerTools: false,
    attention: new Set(ids),
    changed: new Set(),
    players: new Map(),
    ...wishes,
  });
}

const crashed = ['home/3', 'home/13'];
const entries = ['▲ Server 3 — crashed', '▲ Server 13 — crashed'];

/** Entries between the totals and the entry for the rest. */
function top(ids: readonly string[], wishes: Partial<MenuPreferences> = {}): string[] {
  const said = menuOf(fleet(crashed), ids, wishes).flatMap((entry) =>
    entry.kind === 'separator' ? [] : [entry.label],
  );
  return said.slice(1, said.indexOf('Find among 40 servers…'));
}

it('the menu leads to the attention list if more than the crashed servers need attention', () => {
  expect(top([...crashed, 'home/5'])).toEqual([...entries, '3 servers need attention…']);
  expect(menuOf(fleet([]), ['home/5'])[2]).toEqual({
    kind: 'action',
    label: '1 server needs attention…',
    action: { kind: 'view', view: { kind: 'fleet', list: 'attention' } },
  });
});

it('a server of two accounts of one panel counts once', () => {
  const state = applyChanges(fleet([]), [
    { kind: 'account-upserted', account: anAccount({ id: 'work' }) },
    { kind: 'server-upserted', server: aServer({ id: 'work/5', accountId: 'work', power: 'running' }) },
  ]);
  const said = menuOf(state, ['home/5', 'work/5']).flatMap((entry) =>
    'label' in entry ? [entry.label] : [],
  );
  expect(said).toEqual(
    expect.arrayContaining(['40 running', '1 server needs attention…', 'Find among 40 servers…']),
  );
});

it('no entry leads to the attention list if it has only crashed or removed servers', () => {
  expect(top([])).toEqual(entries);
  expect(top(crashed)).toEqual(entries);
  expect(top([...crashed, 'home/gone'])).toEqual(entries);
});

it('servers left out of the icon alone add no entry, but are counted as in the window', () => {
  const isLeftOut = ({ id }: Server): boolean => id === 'home/13' || id === 'home/5';
  expect(top([...crashed, 'home/5'], { isLeftOut })).toEqual(entries.slice(0, 1));
  const wider = [...crashed, 'home/5', 'home/6'];
  expect(top(wider, { isLeftOut })).toEqual([...entries.slice(0, 1), '4 servers need attention…']);
});
