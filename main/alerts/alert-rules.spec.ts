import { describe, expect, it } from 'vitest';
import type { AlertRule } from '../../bridge/schema/alerts.js';
import { aServer, someSettings } from '../../tests/support/entities.js';
import { limitRulesOf } from './alert-rules.js';

const { alerts } = someSettings();
const group = (id: string, ...serverIds: string[]) => ({ id, name: id, isCollapsed: false, serverIds });
const noDisk = (scope: AlertRule['scope']): AlertRule => ({
  scope,
  switches: { disk: false },
  isMuted: false,
  snoozedUntil: null,
});

describe('the limits of a server', () => {
  it.each<[string, AlertRule['scope'], boolean]>([
    ['the server', { kind: 'server', id: 'home/1' }, false],
    ['another server', { kind: 'server', id: 'home/2' }, true],
    ['the group of the server', { kind: 'group', id: 'own' }, false],
    ['a group without the server', { kind: 'group', id: 'other' }, true],
    ['the panel', { kind: 'panel', id: 'home' }, false],
    ['another panel', { kind: 'panel', id: 'work' }, true],
  ])('are those with a wanted alert if %s has none for the disk', (_name, scope, hasDisk) => {
    const groups = [group('own', 'home/1'), group('other', 'home/2')];
    const settings = { alerts: { ...alerts, rules: [noDisk(scope)] }, groups };
    const server = aServer({ id: 'home/1', accountId: 'home' });
    const limits = limitRulesOf(settings, server);
    expect(Object.keys(limits)).toEqual(hasDisk ? ['disk'] : []);
    if (hasDisk) expect(limits.disk).toEqual(alerts.limits.disk);
  });
});
