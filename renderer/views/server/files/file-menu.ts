/** Menus of files and of the folder that is shown. */
import { nameFault } from '../../../../bridge/files/file-paths.js';
import {
  mostWatched,
  mostWatchedBytes,
  watchedOf,
  watchFault,
} from '../../../../bridge/files/watched-list.js';
import type { ServerFile } from '../../../../bridge/schema/files.js';
import { mostKept } from '../../../../bridge/settings/settings-limits.js';
import { bytes } from '../../../../bridge/text/figures.js';
import { say } from '../../../../messages/messages.js';
import { editLabel } from '../../edited/edited-words.js';
import type { MenuAction, MenuItem } from '../../../ui/menus/menu.js';
import {
  copyBlock,
  editBlock,
  filesBlock,
  filesWord,
  isArchive,
  saveBlock,
  shareBlock,
} from './file-words.js';
import type { FilesControl } from './files-control.svelte.js';
import type { FileItem } from './files-table.svelte.js';

/** Menu of a row, or of the selection that it is a part of. */
export function fileMenu(control: FilesControl, item: FileItem): MenuItem[] {
  const files = control.table.meantBy(item);
  const { server } = control;
  const [only] = files.length === 1 ? files : [];
  const changing = filesBlock(server, 'file.update', files);
  return [
    ...(only === undefined ? [] : opening(control, only)),
    ...(only === undefined
      ? []
      : [act('rename', 'edit', changing, () => control.ask({ kind: 'rename', file: only }))]),
    act('cut', 'cut', changing, () => control.clipboard.take('cut', files)),
    act('copy', 'copy', copyBlock(server, files), () => control.clipboard.take('copy', files)),
    act('duplicate', 'copy', copyBlock(server, files), () => void control.clipboard.duplicate(files)),
    ...(only?.kind === 'folder' ? pasting(control, control.pathOf(only), 'paste-into') : []),
    { kind: 'line' },
    act(
      'save',
      'save',
      saveBlock(server, files, { overSftp: control.hasSftp }),
      () => void control.save(files),
    ),
    ...(files.some(({ kind }) => kind === 'folder')
      ? [act('save-archive', 'save', saveBlock(server, files), () => void control.save(files, 'archive'))]
      : []),
    act('pack', 'archive', filesBlock(server, 'file.archive', files), () => void control.pack(files)),
    ...(only !== undefined && isArchive(only)
      ? [act('unpack', 'restore', filesBlock(server, 'file.create', files), () => control.askToUnpack(only))]
      : []),
    act('mode', 'lock', changing, () => control.ask({ kind: 'mode', files })),
    ...(only?.kind === 'file'
      ? [act('share', 'link', shareBlock(server, only), () => control.share(only))]
      : []),
    ...(only === undefined ? [] : [act('copy-path', 'copy', null, () => control.copyPath(only))]),
    { kind: 'line' },
    {
      ...act('delete', 'trash', filesBlock(server, 'file.delete', files), () =>
        control.ask({ kind: 'delete', files }),
      ),
      danger: true,
    },
  ];
}

/** Menu for new files, of the button and of the free space below the rows. */
export function folderMenu(control: FilesControl): MenuItem[] {
  const creating = filesBlock(control.server, 'file.create');
  return [
    act('new-folder', 'newFolder', creating, () => control.ask({ kind: 'new-folder' })),
    act('new-file', 'newFile', creating, () => control.ask({ kind: 'new-file' })),
    act('upload', 'upload', creating, () => void control.upload('files')),
    act('upload-folder', 'upload', creating, () => void control.upload('folder')),
    act('fetch', 'save', creating, () => control.ask({ kind: 'fetch' })),
    ...pasting(control, control.folder, 'paste'),
  ];
}

/** Whether an item is the entry of this name. */
export function isEntry(name: ActName): (item: MenuItem) => item is MenuAction {
  return (item): item is MenuAction => item.kind === 'action' && item.testid === `file-${name}`;
}

/** Title of the menu of a row. */
export function fileMenuTitle(control: FilesControl, item: FileItem): string {
  return filesWord(control.table.meantBy(item));
}

function opening(control: FilesControl, file: ServerFile): MenuItem[] {
  if (file.kind === 'file') {
    const blocked = filesBlock(control.server, 'file.read-content', [file]);
    return [
      act('open', 'file', blocked, () => control.openText(file)),
      {
        kind: 'action',
        label: editLabel(control.program),
        icon: 'external',
        testid: 'file-edit-outside',
        blocked: editBlock(control.server, file),
        run: () => void control.editOutside(file),
      },
      act('earlier', 'history', blocked, () => control.ask({ kind: 'earlier', file })),
      watching(control, file, blocked),
      { kind: 'line' },
    ];
  }
  if (file.kind !== 'folder') return [];
  const blocked = nameFault(file.name) === null ? null : filesBlock(control.server, 'file.read', [file]);
  return [act('open', 'into', blocked, () => control.go(control.pathOf(file))), { kind: 'line' }];
}

function watching(control: FilesControl, file: ServerFile, blocked: string | null): MenuItem {
  const isWatched = watchedOf(control.server, control.watchedChoices).texts.includes(control.pathOf(file));
  const run = (): void => control.watch(file, !isWatched);
  const block = isWatched ? null : (blocked ?? watchBlock(control, file));
  return { ...act('watch', 'eye', block, run), checked: isWatched };
}

/** Why Perch can't watch a file that is not watched yet; null if it can. */
function watchBlock(control: FilesControl, file: ServerFile): string | null {
  if (file.bytes > mostWatchedBytes) return say('watched-files.too-large', { size: bytes(mostWatchedBytes) });
  const most = { choices: control.watchedChoices, mostServers: mostKept.watchedFiles };
  const fault = watchFault(control.pathOf(file), control.server, most);
  if (fault === null) return null;
  return say(`watched-files.fault-${fault}`, {
    most: fault === 'servers' ? mostKept.watchedFiles : mostWatched,
  });
}

function pasting(control: FilesControl, folder: string, name: 'paste' | 'paste-into'): MenuItem[] {
  if (control.clipboard.taken === null) return [];
  return [act(name, 'paste', control.clipboard.pasteBlock(folder), () => control.clipboard.paste(folder))];
}

type ActName =
  | 'open'
  | 'earlier'
  | 'watch'
  | 'rename'
  | 'cut'
  | 'copy'
  | 'duplicate'
  | 'paste'
  | 'paste-into'
  | 'pack'
  | 'unpack'
  | 'mode'
  | 'copy-path'
  | 'share'
  | 'delete'
  | 'new-folder'
  | 'save'
  | 'save-archive'
  | 'upload'
  | 'upload-folder'
  | 'new-file'
  | 'fetch';

function act(
  name: ActName,
  icon: NonNullable<MenuAction['icon']>,
  blocked: string | null,
  run: () => void,
): MenuAction {
  return { kind: 'action', label: say(`files.${name}`), icon, testid: `file-${name}`, blocked, run };
}
