import { describe, expect, it } from 'vitest';
import {
  hasOneTimeAlert,
  ruleOf,
  tomorrow,
  withRule,
  withOneTimeAlert,
  withoutRule,
  withoutOneTimeAlert,
} from './alert-changes.js';
import { defaultSettings } from '../settings/settings-table.js';

const { alerts } = defaultSettings;
const server = { kind: 'server', id: 'home/1' } as const;
const group = { kind: 'group', id: 'home/1' } as const;

describe('rules', () => {
  it('exist once for each scope, and are removed once they equal the defaults', () => {
    const muted = withRule(withRule(alerts, server, { isMuted: true }), group, { snoozedUntil: 'back' });
    expect(ruleOf(muted, server)).toMatchObject({ isMuted: true, snoozedUntil: null });
    expect(ruleOf(muted, group)).toMatchObject({ isMuted: false, snoozedUntil: 'back' });
    const kinds = withRule(muted, server, { isMuted: false, switches: { crashed: false } });
    expect(kinds.rules).toHaveLength(2);
    expect(withRule(kinds, server, { switches: {} }).rules).toEqual([ruleOf(muted, group)]);
    expect(withoutRule(kinds, group).rules).toEqual([ruleOf(kinds, server)]);
  });
});

describe('oneTimeAlerts', () => {
  it('exist once, and can be cancelled', () => {
    const twice = withOneTimeAlert(withOneTimeAlert(alerts, 'home/1', 'up'), 'home/1', 'up');
    expect(twice.oneTimeAlerts).toEqual([{ serverId: 'home/1', when: 'up', metAt: null }]);
    expect(hasOneTimeAlert(twice, 'home/1', 'up')).toBe(true);
    expect(hasOneTimeAlert(twice, 'home/1', 'stopped')).toBe(false);
    expect(withoutOneTimeAlert(twice, 'home/1', 'up').oneTimeAlerts).toEqual([]);
  });
});

describe('tomorrow', () => {
  it('is eight in the morning of the next day, also at night', () => {
    const eight = new Date(2026, 2, 29, 8).getTime();
    expect(tomorrow(new Date(2026, 2, 28, 0, 1).getTime())).toBe(eight);
    expect(tomorrow(new Date(2026, 2, 28, 23, 59).getTime())).toBe(eight);
  });
});
