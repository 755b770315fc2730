import { describe, expect, it } from 'vitest';
import type { View } from '../../bridge/schema/view.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { Navigation } from './navigation.svelte.js';

const fleet: View = { kind: 'fleet' };
const settings: View = { kind: 'settings' };
const server = (serverId: string, tab?: 'events'): View => ({
  kind: 'server',
  serverId,
  ...(tab === undefined ? {} : { tab }),
});
const list = (name: string): View => ({ kind: 'fleet', list: name });
const all = (): boolean => true;

function aNavigation() {
  const bridge = new FakeBridge();
  const navigation = new Navigation(new PerchClient(bridge));
  navigation.start();
  const back = (isThere: (view: View) => boolean = all): View => (navigation.back(isThere), navigation.view);
  const forward = (isThere: (view: View) => boolean = all): View => (
    navigation.forward(isThere),
    navigation.view
  );
  return { bridge, navigation, back, forward };
}

describe('the navigation', () => {
  it('begins with all servers and an empty history', () => {
    const { navigation, back, forward } = aNavigation();
    expect([navigation.view, navigation.list, back(), forward()]).toEqual([fleet, null, fleet, fleet]);
  });

  it('goes back through the views and forward again', () => {
    const { navigation, back, forward } = aNavigation();
    const views = [server('home/1'), settings, server('home/2')];
    for (const view of views) navigation.go(view);
    expect([back(), back(), back(), back()]).toEqual([settings, server('home/1'), fleet, fleet]);
    expect([forward(), forward(), forward(), forward()]).toEqual([...views, views[2]]);
    expect(back()).toEqual(settings);
  });

  it('forgets the forward history once the user goes elsewhere', () => {
    const { navigation, back, forward } = aNavigation();
    navigation.go(server('home/1'));
    navigation.go(settings);
    back();
    navigation.go(server('home/2'));
    expect(forward()).toEqual(server('home/2'));
    expect([back(), back()]).toEqual([server('home/1'), fleet]);
  });

  it('counts the tabs of a server, and the same view again, as one place', () => {
    const { navigation, back, forward } = aNavigation();
    navigation.go(server('home/1'));
    navigation.go(server('home/1', 'events'));
    expect(navigation.view).toEqual(server('home/1', 'events'));
    navigation.go(settings);
    navigation.go({ kind: 'settings', section: 'notifications' });
    expect(back()).toEqual(server('home/1', 'events'));
    expect(back()).toEqual(fleet);
    navigation.go(fleet);
    expect(forward()).toEqual(server('home/1', 'events'));
  });

  it('counts two lists, and two servers, as two places', () => {
    const { navigation, back } = aNavigation();
    for (const view of [list('attention'), list('pinned'), server('a'), server('b')]) navigation.go(view);
    expect([back(), back(), back(), back()]).toEqual([server('a'), list('pinned'), list('attention'), fleet]);
  });

  it('counts each folder of a server as a place, and its other tabs with the main folder', () => {
    const { navigation, back } = aNavigation();
    const files = (folder?: string): View => ({
      kind: 'server',
      serverId: 'a',
      tab: 'files',
      ...(folder === undefined ? {} : { folder }),
    });
    for (const view of [
      server('a'),
      files(),
      files('/'),
      files('/world'),
      files('/world/region'),
      server('a'),
    ])
      navigation.go(view);
    expect([back(), back(), back(), back()]).toEqual([
      files('/world/region'),
      files('/world'),
      files('/'),
      fleet,
    ]);
  });

  it('skips views that no longer exist', () => {
    const { navigation, back, forward } = aNavigation();
    const isThere = (view: View): boolean => view.kind !== 'server' || view.serverId !== 'gone';
    for (const view of [server('gone'), settings, server('gone'), list('x')]) navigation.go(view);
    expect(back(isThere)).toEqual(settings);
    expect(back(isThere)).toEqual(fleet);
    expect(forward(isThere)).toEqual(settings);
    const other = aNavigation();
    for (const view of [settings, server('gone'), list('x')]) other.navigation.go(view);
    other.back();
    other.back();
    expect(other.forward(isThere)).toEqual(list('x'));
  });

  it('keeps the last fifty views', () => {
    const { navigation, back } = aNavigation();
    for (let count = 0; count < 60; count++) navigation.go(server(String(count)));
    for (let count = 0; count < 60; count++) back();
    expect(navigation.view).toEqual(server('9'));
  });

  it('returns from a server to the list from which it was opened', () => {
    const { navigation } = aNavigation();
    navigation.go(server('a'));
    navigation.leaveServer();
    expect(navigation.view).toEqual(fleet);
    navigation.go(list('pinned'));
    navigation.go(server('a'));
    navigation.go(settings);
    expect(navigation.list).toBe('pinned');
    navigation.leaveServer();
    expect(navigation.view).toEqual(list('pinned'));
    navigation.go(fleet);
    expect(navigation.list).toBeNull();
  });

  it('shows the only server instead of all servers, and leaves a list as it is', () => {
    const { navigation, back } = aNavigation();
    navigation.stands('only');
    expect(navigation.view).toEqual(server('only'));
    navigation.go(settings);
    navigation.go(fleet);
    expect(navigation.view).toEqual(server('only'));
    navigation.go(list('attention'));
    expect([navigation.view, navigation.list]).toEqual([list('attention'), 'attention']);
    navigation.stands('only');
    expect(navigation.view).toEqual(list('attention'));
    navigation.stands(null);
    navigation.go(fleet);
    expect(navigation.view).toEqual(fleet);
    expect([back(), back()]).toEqual([list('attention'), server('only')]);
  });

  it("shows main's first request without a step back to it", () => {
    const { bridge, navigation, back } = aNavigation();
    navigation.stands('only');
    bridge.snapshot('navigation', settings);
    expect([navigation.view, back()]).toEqual([settings, settings]);
    bridge.change('navigation', fleet);
    expect([navigation.view, back()]).toEqual([server('only'), settings]);
  });

  it('shows the only server if main first asks for all servers', () => {
    const { bridge, navigation, back } = aNavigation();
    navigation.stands('only');
    bridge.snapshot('navigation', fleet);
    expect([navigation.view, back()]).toEqual([server('only'), server('only')]);
  });
});
