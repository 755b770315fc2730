/** Why a server takes no commands now; null when it does. */
import type { Server } from '../../../bridge/domain.js';
import { conditionBlock, isGranted } from '../../../bridge/permissions.js';
import { spoken } from '../../../words/words.js';

export function commandBlock({
  condition,
  permissions,
  power,
}: Pick<Server, 'condition' | 'permissions' | 'power'>): string | null {
  const whole = conditionBlock(condition);
  if (whole !== null) return spoken(whole);
  if (!isGranted(permissions, 'control.console')) {
    return 'Your key lacks the permission control.console: you can read, but not send commands.';
  }
  return power === 'offline' ? 'The server is offline: it takes no commands.' : null;
}
