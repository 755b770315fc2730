import { useBlock } from '../../../bridge/panel/permission-words.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { say } from '../../../messages/messages.js';
import type { MenuAction } from '../../ui/menus/menu.js';
import { action } from './menu-action.js';

/** Menu entry that shows the newest crash report, also of a server that Perch never saw crash. */
export function reportItem(server: Server, show: () => void): MenuAction {
  const blocked = useBlock(server, 'file.read') ?? useBlock(server, 'file.read-content');
  return action('find-report', 'search', say('fixes.find-report'), show, { blocked });
}
