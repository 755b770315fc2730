/** Menu entries about notifications of a server, several servers or a group. */
import { isFull } from '../../../bridge/fleet/full.js';
import {
  hasOneTimeAlert,
  ruleOf,
  tomorrow,
  withRule,
  withOneTimeAlert,
  withoutOneTimeAlert,
} from '../../../bridge/alerts/alert-changes.js';
import type { AlertRule, AlertScope, AlertSettings, OneTimeAlert } from '../../../bridge/schema/alerts.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { minuteTime } from '../../../bridge/text/time-of-day.js';
import { say } from '../../../messages/messages.js';
import type { MenuFolder, MenuItem } from '../../ui/menus/menu.js';

const hourMs = 3_600_000;
const line: MenuItem = { kind: 'line' };

export interface AlertMenu {
  readonly settings: Pick<Settings, 'alerts'>;
  /** Wall-clock time now, in ms since the epoch. */
  readonly wall: number;
  /** Scopes of the menu, all of one kind. */
  readonly scopes: readonly AlertScope[];
  /** Set if the menu is about one server. */
  readonly server?: Server;
  change(change: (alerts: AlertSettings) => AlertSettings): void;
  /** Opens the dialog for the kinds of notifications of a scope. */
  ask(scope: AlertScope): void;
}

export function alertFolder(menu: AlertMenu): MenuFolder {
  const isQuiet = menu.scopes.some((scope) => isSilent(ruleOf(menu.settings.alerts, scope)));
  return {
    kind: 'folder',
    label: say('notifications.menu'),
    icon: isQuiet ? 'silent' : 'bell',
    items: alertItems(menu),
  };
}

export function alertItems({ settings, wall, scopes, server, change, ask }: AlertMenu): MenuItem[] {
  const rules = scopes.map((scope) => ruleOf(settings.alerts, scope));
  const set = (fields: Pick<AlertRule, 'isMuted' | 'snoozedUntil'>): void =>
    change((alerts) => scopes.reduce((now, scope) => withRule(now, scope, fields), alerts));
  const choice = (
    label: string,
    fields: Pick<AlertRule, 'isMuted' | 'snoozedUntil'>,
    checked: boolean,
    testid: string,
    blocked: string | null = null,
  ): MenuItem => ({ kind: 'action', label, checked, testid, blocked, run: () => set(fields) });
  const [only, ...others] = scopes;
  const morning = tomorrow(wall);
  return [
    choice(
      say('notifications.menu-on'),
      { isMuted: false, snoozedUntil: null },
      rules.every((rule) => !isSilent(rule)),
      'alerts-on',
    ),
    choice(
      say('notifications.menu-mute'),
      { isMuted: true, snoozedUntil: null },
      rules.every(({ isMuted }) => isMuted),
      'alerts-mute',
    ),
    choice(
      say('notifications.menu-hour'),
      { isMuted: false, snoozedUntil: wall + hourMs },
      rules.every((rule) => isUntil(rule, (at) => at <= wall + hourMs)),
      'alerts-hour',
    ),
    choice(
      say('notifications.menu-tomorrow', { time: minuteTime(morning) }),
      { isMuted: false, snoozedUntil: morning },
      rules.every((rule) => isUntil(rule, (at) => at > wall + hourMs)),
      'alerts-tomorrow',
    ),
    ...(server === undefined
      ? []
      : [
          choice(
            say('notifications.menu-back'),
            { isMuted: false, snoozedUntil: 'back' },
            rules.every(({ isMuted, snoozedUntil }) => !isMuted && snoozedUntil === 'back'),
            'alerts-back',
            server.power === 'running' ? say('notifications.menu-back-not') : null,
          ),
        ]),
    ...(only === undefined || others.length > 0
      ? []
      : [
          line,
          {
            kind: 'action',
            label: say('notifications.menu-kinds'),
            icon: 'settings',
            testid: 'alerts-kinds',
            run: () => ask(only),
          } satisfies MenuItem,
        ]),
    ...(server === undefined ? [] : oneTimeItems(settings.alerts, server, change)),
  ];
}

function oneTimeItems(alerts: AlertSettings, server: Server, change: AlertMenu['change']): MenuItem[] {
  const { id, power } = server;
  const item = (when: OneTimeAlert['when'], blocked: string | null): MenuItem => {
    const checked = hasOneTimeAlert(alerts, id, when);
    return {
      kind: 'action',
      label: say(`notifications.menu-${when}`),
      checked,
      testid: `alerts-when-${when}`,
      // A pending one-time alert can always be cancelled.
      blocked: checked ? null : blocked,
      run: () =>
        change((now) =>
          (hasOneTimeAlert(now, id, when) ? withoutOneTimeAlert : withOneTimeAlert)(now, id, when),
        ),
    };
  };
  return [
    line,
    item('up', power === 'running' ? say('notifications.menu-up-not') : null),
    item('stopped', power === 'offline' ? say('notifications.menu-stopped-not') : null),
    item('joined', joinedBlock(server)),
    item('empty', emptyBlock(server)),
    item('full', fullBlock(server)),
  ];
}

/**
 * Why there can be no alert for an empty server: the server is offline or already empty, or the number of players is
 * unknown.
 */
function emptyBlock({ power, link, players = null }: Server): string | null {
  if (power === 'offline') return say('notifications.menu-stopped-not');
  if (players === null)
    return say(
      link.kind === 'live' ? 'notifications.menu-empty-unknown' : 'notifications.menu-empty-unfollowed',
    );
  return players.count === 0 ? say('notifications.menu-empty-not') : null;
}

/** Why there can be no alert for the first player: a player is on already. Other obstacles may pass. */
function joinedBlock({ power, players = null }: Server): string | null {
  if (power !== 'running' || players === null) return null;
  return players.count > 0 ? say('notifications.menu-joined-not') : null;
}

/** Why there can be no alert for a full server: the number of places is unknown, or the server is full. */
function fullBlock({ power, players = null }: Server): string | null {
  if (power !== 'running' || players === null) return null;
  if (players.slots === null) return say('notifications.menu-full-unknown');
  return isFull(players) ? say('notifications.menu-full-not') : null;
}

function isSilent({ isMuted, snoozedUntil }: AlertRule): boolean {
  return isMuted || snoozedUntil !== null;
}

function isUntil({ isMuted, snoozedUntil }: AlertRule, is: (at: number) => boolean): boolean {
  return !isMuted && typeof snoozedUntil === 'number' && is(snoozedUntil);
}
