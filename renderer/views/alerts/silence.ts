/** Texts about muted and snoozed notifications. Main removes expired rules from the settings. */
import { placeOf, rulesOf } from '../../../bridge/alerts/alert-settings.js';
import type { AlertRule } from '../../../bridge/schema/alerts.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { timeOrDay } from '../../../bridge/text/time-of-day.js';
import { say } from '../../../messages/messages.js';

/** Text about the rule that silences the server: its own, its group's or its panel's. null = not silenced. */
export function silenceOf(
  settings: Pick<Settings, 'alerts' | 'groups'>,
  server: { id: string; accountId: string },
  wall: number,
): string | null {
  if (settings.alerts.rules.length === 0) return null;
  const rules = rulesOf(
    settings.alerts,
    placeOf(settings, { serverId: server.id, accountId: server.accountId }),
  );
  const silent = rules.find(({ isMuted }) => isMuted) ?? rules.find((rule) => rule.snoozedUntil !== null);
  return silent === undefined ? null : ruleSilence(silent, wall);
}

/** `wall` = wall-clock time now, in ms since the epoch. */
export function ruleSilence(
  { isMuted, snoozedUntil }: Pick<AlertRule, 'isMuted' | 'snoozedUntil'>,
  wall: number,
): string | null {
  if (isMuted) return say('notifications.muted');
  if (snoozedUntil === null) return null;
  if (snoozedUntil === 'back') return say('notifications.snoozed-back');
  return say('notifications.snoozed-until', { time: timeOrDay(snoozedUntil, wall) });
}
