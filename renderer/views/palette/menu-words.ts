/** Synonyms for menu items, for searching. */
import { say } from '../../../messages/messages.js';

const byItem: Readonly<Record<string, () => string>> = {
  'menu-pin': () => say('palette.find-pin'),
  'menu-find-report': () => say('palette.find-report'),
  'menu-new-group': () => say('palette.find-group'),
  'menu-ungroup': () => say('palette.find-group'),
  'menu-leave-out': () => say('palette.find-leave-out'),
  'menu-leave-node-out': () => say('palette.find-leave-out'),
  'alerts-on': () => say('palette.find-unmute'),
  'alerts-mute': () => say('palette.find-mute'),
  'alerts-hour': () => say('palette.find-snooze'),
  'alerts-tomorrow': () => say('palette.find-snooze'),
  'alerts-back': () => say('palette.find-snooze'),
  'menu-message': () => say('palette.find-broadcast'),
  'message-all': () => say('palette.find-broadcast'),
  quit: () => say('palette.find-quit'),
};

const byBeginning: readonly (readonly [string, () => string])[] = [
  ['menu-group-', () => say('palette.find-group')],
  ['alerts-when-', () => say('palette.find-one-time')],
  ['language-', () => say('palette.find-language')],
  ['range-', () => say('palette.find-range')],
];

export function otherWords(itemId: string): string {
  const exactly = byItem[itemId];
  if (exactly !== undefined) return exactly();
  return byBeginning.find(([beginning]) => itemId.startsWith(beginning))?.[1]() ?? '';
}
