/** Why a server takes no commands now; null when it does. */
import type { Server } from '../../../bridge/domain.js';
import { conditionBlock, isGranted } from '../../../bridge/permissions.js';
import { say, spoken } from '../../../words/words.js';

export function commandBlock({
  condition,
  permissions,
  power,
}: Pick<Server, 'condition' | 'permissions' | 'power'>): string | null {
  const whole = conditionBlock(condition);
  if (whole !== null) return spoken(whole);
  if (!isGranted(permissions, 'control.console')) {
    return say('commands.no-permission');
  }
  return power === 'offline' ? say('commands.offline') : null;
}
