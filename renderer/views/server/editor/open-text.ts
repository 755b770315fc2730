import { folderOf, lastPart } from '../../../../bridge/files/file-paths.js';
import type { WindowState } from '../../../state/context.js';

/** Shows a file of a server in the editor; `path` is from the server's folder, with a leading `/`. */
export function openText(
  { forms, navigation }: Pick<WindowState, 'forms' | 'navigation'>,
  serverId: string,
  path: string,
): void {
  const place = forms.files(serverId);
  void forms
    .text(serverId)
    .open(path)
    .then(() => (place.opened = lastPart(path)));
  navigation.go({ kind: 'server', serverId, tab: 'files', folder: folderOf(path) });
}
