import { SvelteMap } from 'svelte/reactivity';
import { afterEach, describe, expect, it } from 'vitest';
import { speak, type Language } from '../../../messages/messages.js';
import { anAccount, aServer, playersOnline } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { FleetFeed } from './fleet-feed.svelte.js';
import { ServerFinder } from './server-finder.svelte.js';
import { SettingsFeed } from '../feeds/settings-feed.svelte.js';

function setUp() {
  const bridge = new FakeBridge();
  const client = new PerchClient(bridge);
  const fleet = new FleetFeed(client);
  const settings = new SettingsFeed(client);
  fleet.start();
  settings.start();
  bridge.snapshot('fleet', {
    accounts: [anAccount()],
    servers: [aServer({ id: 'c', name: 'Creative' }), aServer({ id: 's', name: 'Survival' })],
  });
  bridge.snapshot('settings', settings.current);
  const finder = new ServerFinder(fleet, settings);
  const found = (search: string): string[] | null => {
    const finds = finder.find(search);
    return finds === null ? null : [...finds.keys()];
  };
  return { bridge, settings, finder, found };
}

afterEach(() => speak(() => 'en'));

describe('ServerFinder', () => {
  it('finds a server by its current state', () => {
    const { bridge, found } = setUp();
    expect(found('running')).toEqual([]);
    bridge.change('fleet', [{ kind: 'server-patched', serverId: 's', patch: { power: 'running' } }]);
    expect(found('running')).toEqual(['s']);
    expect(found('offline')).toEqual(['c']);
  });

  it('finds a server by its state in the current language', () => {
    const { bridge, found } = setUp();
    const chosen = new SvelteMap<string, Language>();
    speak(() => chosen.get('language') ?? 'en');
    bridge.change('fleet', [{ kind: 'server-patched', serverId: 's', patch: { power: 'running' } }]);
    expect([found('running'), found('läuft')]).toEqual([['s'], []]);
    chosen.set('language', 'de');
    expect([found('running'), found('läuft')]).toEqual([[], ['s']]);
  });

  it('finds a server by the group that it was put into, and by its new name', () => {
    const { bridge, settings, found } = setUp();
    const group = { id: 'g', name: 'Events', isCollapsed: false, serverIds: ['c'] };
    bridge.snapshot('settings', { ...settings.current, groups: [group] });
    expect(found('event')).toEqual(['c']);
    bridge.change('fleet', [{ kind: 'server-upserted', server: aServer({ id: 'c', name: 'Hardcore' }) }]);
    expect(found('hard event')).toEqual(['c']);
    expect(found('creative')).toEqual([]);
  });

  it("finds servers by their panel's current name", () => {
    const { bridge, found } = setUp();
    bridge.change('fleet', [{ kind: 'account-upserted', account: anAccount({ label: 'Club' }) }]);
    expect(found('club')).toEqual(['c', 's']);
  });

  it('rebuilds no text for new figures', () => {
    const { bridge, finder } = setUp();
    const before = finder.texts;
    const usage = { at: 1, cpuPercent: 5, memoryBytes: 1, memoryLimitBytes: null, diskBytes: 1 };
    bridge.change('fleet', [
      {
        kind: 'usage',
        serverId: 's',
        usage: { ...usage, networkRxBytes: 0, networkTxBytes: 0, uptimeMs: 1 },
      },
    ]);
    expect(finder.texts).toBe(before);
  });

  it('finds servers by their players, also together with other words', () => {
    const { bridge, found } = setUp();
    const have = (serverId: string, count: number): void =>
      bridge.change('fleet', [
        { kind: 'server-patched', serverId, patch: { players: playersOnline(count, { slots: 20 }) } },
      ]);
    expect(found('players:empty')).toEqual([]);
    have('c', 0);
    have('s', 20);
    expect(found('players:empty')).toEqual(['c']);
    expect(found('players:full')).toEqual(['s']);
    expect(found('players>=0 surv')).toEqual(['s']);
    expect(found('players>20')).toEqual([]);
    have('c', 21);
    expect(found('players>20')).toEqual(['c']);
  });

  it('keeps the result while the same servers pass', () => {
    const { bridge, finder } = setUp();
    const have = (serverId: string, count: number): void =>
      bridge.change('fleet', [
        { kind: 'server-patched', serverId, patch: { players: playersOnline(count) } },
      ]);
    have('s', 6);
    const before = finder.find('players>5');
    have('s', 7);
    expect(finder.find('players>5')).toBe(before);
    have('c', 8);
    expect([...(finder.find('players>5')?.keys() ?? [])]).toEqual(['c', 's']);
  });

  it('returns null for an empty search', () => {
    expect(setUp().found('  ')).toBeNull();
  });
});
