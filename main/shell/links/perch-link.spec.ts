import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFleet, type FleetState } from '../../../bridge/fleet/changes.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import { serverTabs } from '../../../bridge/fleet/server-tabs.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { linkPlaceOf, readLink } from './perch-link.js';

const uuid = '11111111-1111-4111-8111-111111111111';

describe('readLink', () => {
  it.each([
    ['perch://server/panel.example.com/11111111', 'panel.example.com', '11111111', 'console'],
    ['perch://server/panel.example.com/11111111/', 'panel.example.com', '11111111', 'console'],
    ['perch://server/panel.example.com/11111111/console', 'panel.example.com', '11111111', 'console'],
    [
      'perch://server/panel.example.com:8443/11111111/startup',
      'panel.example.com:8443',
      '11111111',
      'startup',
    ],
    ['PERCH://Server/Panel.Example.COM/1A2B3C4D/Events', 'panel.example.com', '1a2b3c4d', 'events'],
    [`perch://server/panel.example.com/${uuid}/settings`, 'panel.example.com', uuid, 'settings'],
    ['perch://server/127.0.0.1:18080/11111111', '127.0.0.1:18080', '11111111', 'console'],
    ['perch://server/[2001:db8::1]:8080/11111111', '[2001:db8::1]:8080', '11111111', 'console'],
    ['perch://server/localhost/11111111', 'localhost', '11111111', 'console'],
    ['perch://server/panel.example.com:443/11111111', 'panel.example.com', '11111111', 'console'],
  ])('reads %s', (text, host, server, tab) => {
    expect(readLink(text)).toEqual({ host, server, tab });
  });

  it.each(serverTabs)('reads a link to the tab %s', (tab) => {
    expect(readLink(`perch://server/panel.example.com/11111111/${tab}`)).toMatchObject({ tab });
  });

  it.each([
    '',
    'perch:',
    'perch://',
    'perch://server',
    'perch://server/panel.example.com',
    'perch://server/panel.example.com/',
    'perch://server//11111111',
    'perch://settings',
    'perch://settings/panel.example.com/11111111',
    'perch:/server/panel.example.com/11111111',
    'https://server/panel.example.com/11111111',
    ' perch://server/panel.example.com/11111111',
    'perch://server/panel.example.com/11111111\n',
    'perch://server/panel.example.com/11111111/kill',
    'perch://server/panel.example.com/11111111/console/extra',
    'perch://server/panel.example.com/11111111?start=1',
    'perch://server/panel.example.com/11111111#start',
    'perch://olive:secret@server/panel.example.com/11111111',
    'perch://server/olive:secret@panel.example.com/11111111',
    'perch://server:80/panel.example.com/11111111',
    'perch://server/panel.example.com/../11111111',
    'perch://server/panel.example.com/%31%31',
    'perch://server/panel%2eexample.com/11111111',
    'perch://server/-panel.example.com/11111111',
    'perch://server/panel.example.com:99999/11111111',
    'perch://server/[:::::]/11111111',
    'perch://server/pаnel.example.com/11111111',
    'perch://server/panel.example.com/11111111 --no-sandbox',
    `perch://server/panel.example.com/${'a'.repeat(65)}`,
    `perch://server/${'a'.repeat(400)}.example.com/11111111`,
  ])('refuses %j', (text) => {
    expect(readLink(text)).toBeNull();
  });

  it('never throws, and returns only host, server and tab', () => {
    const parts = fc.array(
      fc.constantFrom(
        'perch://',
        'server',
        '/',
        'panel.example.com',
        ':8443',
        '1a2b',
        '@',
        '?',
        '%2f',
        'console',
        '..',
      ),
      { maxLength: 9 },
    );
    const texts = fc.oneof(
      parts.map((each) => each.join('')),
      fc.string(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const link = readLink(text);
        if (link === null) return;
        const { host, server, tab } = link;
        expect(readLink(`perch://server/${host}/${server}/${tab}`)).toEqual(link);
        expect(`${host}${server}`).not.toMatch(/[@?#%/\s]/);
      }),
      { numRuns: 3000 },
    );
  });
});

function fleetOf(accounts: readonly Account[], servers: readonly Server[]): FleetState {
  return {
    ...emptyFleet,
    accounts: new Map(accounts.map((account) => [account.id, account])),
    servers: new Map(servers.map((server) => [server.id, server])),
  } as FleetState;
}

describe('placeOf', () => {
  const link = { host: 'panel.example.com', server: '11111111', tab: 'events' } as const;

  it('finds the server by its short identifier and by its whole one', () => {
    const fleet = fleetOf([anAccount()], [aServer()]);
    const view = { kind: 'server', serverId: aServer().id, tab: 'events' };
    expect(linkPlaceOf(link, fleet)).toEqual({ kind: 'found', view });
    expect(linkPlaceOf({ ...link, server: uuid }, fleet)).toEqual({ kind: 'found', view });
  });

  it('takes no server of another panel with the same identifier', () => {
    const there = anAccount({ id: 'there', panelUrl: 'https://other.example.com' });
    expect(linkPlaceOf(link, fleetOf([there], [aServer({ accountId: 'there' })]))).toEqual({
      kind: 'no-panel',
    });
  });

  it('looks through all accounts on that panel', () => {
    const accounts = [
      anAccount({ id: 'first' }),
      anAccount({ id: 'second', panelUrl: 'https://panel.example.com/games' }),
    ];
    const server = aServer({ id: 'second/1', accountId: 'second' });
    expect(linkPlaceOf(link, fleetOf(accounts, [server]))).toMatchObject({ view: { serverId: 'second/1' } });
  });

  it('finds a panel without encryption by its host', () => {
    const fleet = fleetOf([anAccount({ panelUrl: 'http://panel.example.com' })], [aServer()]);
    expect(linkPlaceOf(link, fleet).kind).toBe('found');
  });

  it.each([
    ['https://panel.example.com:8443', 'panel.example.com'],
    ['https://panel.example.com', 'panel.example.com:8443'],
    ['https://panel.example.com.evil.example', 'panel.example.com'],
  ])('a panel at %s is not %s', (panelUrl, host) => {
    expect(linkPlaceOf({ ...link, host }, fleetOf([anAccount({ panelUrl })], [aServer()])).kind).toBe(
      'no-panel',
    );
  });

  it("says whether the panel's list is still loading", () => {
    const loading = anAccount({ state: { kind: 'loading' } });
    expect(linkPlaceOf(link, fleetOf([anAccount()], []))).toEqual({ kind: 'no-server', isLoading: false });
    expect(linkPlaceOf(link, fleetOf([loading], []))).toEqual({ kind: 'no-server', isLoading: true });
  });
});
