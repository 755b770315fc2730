import { expect, it } from 'vitest';
import { applyChanges, emptyFleet } from '../../../bridge/fleet/changes.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import { verbatim } from '../../../messages/messages.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import type { MenuModel } from './menu-entry.js';
import { menuModel } from './menu-model.js';

function menuOf(server: Partial<Server>, account: Partial<Account> = {}): MenuModel {
  const state = applyChanges(emptyFleet, [
    { kind: 'account-upserted', account: anAccount(account) },
    { kind: 'server-upserted', server: aServer(server) },
  ]);
  return menuModel(state, {
    pins: [],
    groups: [],
    recent: [],
    asks: { confirmStop: false, confirmRestart: false },
    isLeftOut: () => false,
    unseen: 0,
    attention: new Set(),
    changed: new Set(),
    players: new Map(),
    update: null,
    developerTools: false,
  });
}

const labels = (menu: MenuModel): string[] =>
  menu.map((entry) => (entry.kind === 'separator' ? '---' : entry.label));

it('the signals of the only server stand on the first level', () => {
  const menu = menuOf({ id: 'home/1', name: 'Survival', power: 'offline' });
  expect(labels(menu)).toEqual([
    '0 running · 1 offline',
    '---',
    '○ Survival — offline',
    'Start',
    'Restart',
    '---',
    'Open console',
    'Open panel in browser',
    'Back up now',
    '---',
    'No notifications for 1 hour',
    '---',
    'Open Perch',
    'Settings',
    'Quit Perch',
  ]);
  expect(menu[3]).toMatchObject({ action: { kind: 'power', serverId: 'home/1', signal: 'start' } });
});

it('the menu of the only server gives the reason for missing signals, and the problem of its panel', () => {
  const problem = {
    code: 'panel-unreachable',
    message: verbatim('Harbor does not answer.'),
    next: verbatim('Wait.'),
  } as const;
  const state: Account['state'] = { kind: 'failed', problem, retryAt: 0 };
  const [, , wrong, , title, why] = labels(menuOf({ name: 'Vault', condition: 'suspended' }, { state }));
  expect(wrong).toContain('Harbor does not answer');
  expect(title).toContain('Vault');
  expect(why).toMatch(/suspended/);
});
