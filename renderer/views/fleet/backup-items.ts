import { quietBlock, quietMeansOf } from '../../../bridge/backups/quiet-means.js';
import { backUpBlock } from '../../../bridge/panel/permissions.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { say, sentence, spoken, type Sentence } from '../../../messages/messages.js';
import type { WindowState } from '../../state/context.js';
import type { MenuAction } from '../../ui/menus/menu.js';
import { action } from './menu-action.js';

type BackupState = Pick<WindowState, 'forms' | 'navigation' | 'quiet' | 'settings'>;

/**
 * Menu entries that begin a backup of a server, quiet or not, and show the server's tab, which has its progress or the
 * refusal. While a quiet backup has changed the server, the second one brings the server back.
 */
export function backUpItems(state: BackupState, server: Server): MenuAction[] {
  const { forms, navigation, quiet, settings } = state;
  const current = quiet.of(server.id);
  const begin = (run: () => void): (() => void) => {
    return () => {
      run();
      navigation.go({ kind: 'server', serverId: server.id, tab: 'backups' });
    };
  };
  const block = backUpBlock(server);
  const quietly =
    current === null
      ? (block ?? quietBlock(server, quietMeansOf(settings.current.quietBackups, server)))
      : sentence('quiet.busy');
  const form = (): ReturnType<typeof forms.backup> => forms.backup(server.id);
  return [
    action(
      'back-up',
      'archive',
      say('backups.now'),
      begin(() => void form().begin()),
      words(block),
    ),
    current === null || current.owed === null
      ? action(
          'back-up-quietly',
          'archive',
          say('quiet.do'),
          begin(() => void form().beginQuietly()),
          words(quietly),
        )
      : action('bring-back', 'restore', say('quiet.bring-back'), () => quiet.bringBack(server.id)),
  ];
}

function words(block: Sentence | null): { blocked: string | null } {
  return { blocked: block === null ? null : spoken(block) };
}
