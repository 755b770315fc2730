/** Why a server takes no commands now; null if it takes commands. */
import type { Server } from '../../../bridge/schema/domain.js';
import { conditionBlock, isGranted } from '../../../bridge/panel/permissions.js';
import { say, spoken } from '../../../messages/messages.js';

export function commandBlock({
  condition,
  permissions,
  power,
  pending,
}: Pick<Server, 'condition' | 'permissions' | 'power' | 'pending'>): string | null {
  const whole = conditionBlock(condition);
  if (whole !== null) return spoken(whole);
  if (!isGranted(permissions, 'control.console')) {
    return say('commands.no-permission');
  }
  if (power !== 'offline') return null;
  // A pending start or restart asks the user to wait, as in the server's header.
  const isOnItsWay = pending !== null && pending.doubt !== 'lost';
  if (isOnItsWay && (pending.signal === 'start' || pending.signal === 'restart')) {
    return say(`commands.waits-${pending.signal}`);
  }
  return say('commands.offline');
}
