/** Words for files: names, counts, and why an action is not possible. */
import { hasUsableCopy, mostCopied } from '../../../../bridge/files/copy-names.js';
import { nameFault } from '../../../../bridge/files/file-paths.js';
import { useBlock } from '../../../../bridge/panel/permission-words.js';
import { isGranted, lacking, textWritePermission } from '../../../../bridge/panel/permissions.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { FoundPart, ServerFile } from '../../../../bridge/schema/files.js';
import { say, spoken } from '../../../../messages/messages.js';
import type { IconName } from '../../../ui/drawings/icons.js';
import { bytes, formatList } from '../../../ui/text/format.js';

type Guarded = Pick<Server, 'condition' | 'permissions'>;

/** Characters without a picture of their own, and those that turn the direction of the text around them. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A name with the numbers of characters that nobody would see: `evil[U+202E]txt.exe`. */
export function visibleName(name: string): string {
  return name.replace(unseen, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `[U+${code.padStart(4, '0')}]`;
  });
}

/** Name of one file; the number of several. */
export function filesWord(files: readonly Pick<ServerFile, 'name'>[]): string {
  const [first] = files;
  if (files.length === 1 && first !== undefined)
    return say('files.quoted', { name: visibleName(first.name) });
  return say('files.items', { count: files.length });
}

/** Name of a folder by its path. */
export function folderName(path: string): string {
  return path === '/' ? say('files.top') : visibleName(path);
}

/** Number of folders and files, and the size of the files. */
export function folderWords(files: readonly ServerFile[]): string {
  const size = files.reduce((sum, file) => sum + (file.kind === 'file' ? file.bytes : 0), 0);
  const isSized = files.some(({ kind }) => kind !== 'folder');
  return formatList([...kindWords(files), ...(isSized ? [bytes(size)] : [])]);
}

/** Name of one file or folder; the number of folders and files of several. */
export function entriesWord(files: readonly Pick<ServerFile, 'name' | 'kind'>[]): string {
  return files.length === 1 ? filesWord(files) : formatList(kindWords(files));
}

function kindWords(files: readonly Pick<ServerFile, 'kind'>[]): string[] {
  const folders = files.filter(({ kind }) => kind === 'folder').length;
  const others = files.length - folders;
  return [
    ...(folders > 0 ? [say('files.folders', { count: folders })] : []),
    ...(others > 0 || folders === 0 ? [say('files.items', { count: others })] : []),
  ];
}

/** Why the list is not shown; null if the key may read it. */
export function listRefusal({ permissions }: Guarded): string | null {
  return isGranted(permissions, 'file.read') ? null : spoken(lacking('file.read'));
}

/** Most files of one call (`bridge/schema/file-calls.ts`). */
const mostFiles = 10_000;

/** Why an action with this permission can't be done to these files; null if it can. */
export function filesBlock(
  server: Guarded,
  permission: string,
  files: readonly Pick<ServerFile, 'name'>[] = [],
): string | null {
  const block = useBlock(server, permission);
  if (block !== null) return block;
  if (files.length > mostFiles) return say('files.too-many', { most: mostFiles });
  const odd = files.find(({ name }) => nameFault(name) !== null);
  return odd === undefined ? null : say('files.odd-name', { name: visibleName(odd.name) });
}

/** Why a file can't be edited in another program, which needs to read and to write it; null if it can. */
export function editBlock(server: Guarded, file: Pick<ServerFile, 'name'>): string | null {
  const reading = filesBlock(server, 'file.read-content', [file]);
  return reading ?? useBlock(server, textWritePermission(server.permissions));
}

/** Why files can't be copied: panels copy files only, and under names of their own. */
export function copyBlock(server: Guarded, files: readonly ServerFile[]): string | null {
  const block = filesBlock(server, 'file.create', files);
  if (block !== null) return block;
  if (files.some(({ kind }) => kind !== 'file')) return say('files.copy-files-only');
  const odd = files.find(({ name }) => !hasUsableCopy(name));
  return odd === undefined ? null : say('files.copy-name', { name: visibleName(odd.name) });
}

/** Why files can't be copied into another folder, where their copies are moved to. */
export function copyToBlock(server: Guarded, files: readonly ServerFile[]): string | null {
  const block = copyBlock(server, files) ?? filesBlock(server, 'file.update');
  return block ?? (files.length > mostCopied ? say('files.too-many', { most: mostCopied }) : null);
}

/** Limit of files that one call downloads (`bridge/schema/transfer-calls.ts`). */
const mostSaved = 50;
/** Limit of files and folders that one call uploads. */
const mostUploaded = 1000;

/**
 * Why files and folders can't be downloaded: nodes send no links, and each of them is a transfer of its own.
 * `overSftp` = a folder that the account may not pack comes over SFTP.
 */
export function saveBlock(
  server: Guarded,
  files: readonly Pick<ServerFile, 'name' | 'kind'>[],
  { overSftp = false }: { readonly overSftp?: boolean } = {},
): string | null {
  const block = filesBlock(server, 'file.read-content', files);
  if (block !== null) return block;
  const folders = files.filter(({ kind }) => kind === 'folder');
  if (folders.length > 0 && !overSftp) {
    // The node packs a folder, and Perch removes the archive.
    const packing = useBlock(server, 'file.archive') ?? useBlock(server, 'file.delete');
    if (packing !== null) return packing;
  }
  if (files.some(({ kind }) => kind !== 'file' && kind !== 'folder')) return say('files.save-no-links');
  return files.length > mostSaved ? say('files.too-many', { most: mostSaved }) : null;
}

/** Why the text of a file can't be shared. */
export function shareBlock(server: Guarded, file: ServerFile): string | null {
  const block = filesBlock(server, 'file.read-content', [file]);
  return block ?? (isArchive(file) ? say('files.share-text-only') : null);
}

/** Why files can't be uploaded into a folder; null if they can. */
export function uploadBlock(
  server: Guarded,
  folder: string,
  files: readonly Pick<ServerFile, 'name'>[] = [],
): string | null {
  const above = folder.split('/').filter((name) => name !== '');
  const block = filesBlock(server, 'file.create', [...above.map((name) => ({ name })), ...files]);
  return block ?? (files.length > mostUploaded ? say('files.too-many', { most: mostUploaded }) : null);
}

/** Endings of archives that nodes unpack. */
const archive = /\.(?:zip|rar|7z|tar|t?gz|t?bz2?|t?xz|tar\.\w{2,4}|zst|lz4|br|sz)$/i;

export function isArchive({ kind, name }: Pick<ServerFile, 'kind' | 'name'>): boolean {
  return kind === 'file' && archive.test(name);
}

/** Icon of a file by its kind. */
export function fileIcon(file: Pick<ServerFile, 'kind' | 'name'>): IconName {
  if (file.kind === 'folder') return 'group';
  if (file.kind === 'link') return 'link';
  return isArchive(file) ? 'archive' : 'file';
}

/** Progress of a search for files, and its omissions. */
export function foundNotes(count: number, progress: Omit<FoundPart, 'files'> | null): string[] {
  const { folders = 0, unread = 0, end = false, cut = null } = progress ?? {};
  return [
    ...(end ? [] : [say('files.finding')]),
    say('files.found', { count, folders }),
    ...(cut === null ? [] : [say(`files.found-cut-${cut}`)]),
    ...(unread > 0 ? [say('files.found-unread', { count: unread })] : []),
  ];
}

/** Mistake of a typed name; null if a panel can use the name. An empty name is no mistake yet. */
export function nameWords(name: string): string | null {
  const fault = nameFault(name);
  return fault === null || fault === 'empty' ? null : say(`files.name-${fault}`);
}
