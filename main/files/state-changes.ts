/** The difference between two states of a server. Pure. */
import { folderOf, lastPart } from '../../bridge/files/file-paths.js';
import type { ChangedValue, ChangedVariable, StartChanges } from '../../bridge/schema/start-changes.js';
import type { ServerState, WatchedFile } from '../../bridge/schema/server-states.js';

/** A file that differs; `null` = not there. */
export interface FileChange {
  readonly was: WatchedFile | null;
  readonly is: WatchedFile | null;
}

export interface StateChanges extends Pick<StartChanges, 'variables' | 'command' | 'image'> {
  readonly files: readonly FileChange[];
}

/** Compares the files that both states have read. Files are sorted by path, replaced ones by their new path. */
export function stateChanges(was: ServerState, is: ServerState): StateChanges {
  return {
    files: fileChanges(was, is),
    variables: variableChanges(was, is),
    command: commandChange(was.command, is.command),
    image: was.image === is.image ? null : { was: was.image, is: is.image },
  };
}

function fileChanges(was: ServerState, is: ServerState): FileChange[] {
  const seen = new Set(was.folders.filter((folder) => is.folders.includes(folder)));
  const comparable = ({ files }: ServerState): Map<string, WatchedFile> =>
    new Map(files.filter(({ path }) => seen.has(folderOf(path))).map((file) => [file.path, file]));
  const [before, after] = [comparable(was), comparable(is)];
  const changed: FileChange[] = [];
  for (const [path, file] of before) {
    const now = after.get(path);
    if (now !== undefined && differs(file, now)) changed.push({ was: file, is: now });
  }
  const gone = [...before.values()].filter(({ path }) => !after.has(path) && !isNews(path, was, is));
  const added = [...after.values()].filter(({ path }) => !before.has(path) && !isNews(path, is, was));
  const all = [...changed, ...replaced(gone, added)];
  return all.toSorted((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1));
}

/** Whether a text is in one state only because only that state read it. */
function isNews(path: string, looked: ServerState, other: ServerState): boolean {
  if (looked.texts === null || other.texts === null) return false;
  return looked.texts.includes(path) && !other.texts.includes(path);
}

/** A text differs by more than its comments, any other file by size and time. */
function differs(one: WatchedFile, other: WatchedFile): boolean {
  if (one.meaning !== null && other.meaning !== null) return one.meaning !== other.meaning;
  return one.bytes !== other.bytes || one.modifiedAt !== other.modifiedAt;
}

/** Joins a file that is gone with the new file of the same name but another version number, if there is exactly one. */
function replaced(gone: readonly WatchedFile[], added: readonly WatchedFile[]): FileChange[] {
  const byName = new Map<string, { gone: WatchedFile[]; added: WatchedFile[] }>();
  const groupOf = (file: WatchedFile) => {
    const key = `${folderOf(file.path)}/${withoutVersion(lastPart(file.path))}`;
    const group = byName.get(key) ?? { gone: [], added: [] };
    byName.set(key, group);
    return group;
  };
  for (const file of gone) groupOf(file).gone.push(file);
  for (const file of added) groupOf(file).added.push(file);
  return [...byName.values()].flatMap((group): FileChange[] => {
    const [was] = group.gone;
    const [is] = group.added;
    if (was !== undefined && is !== undefined && group.gone.length === 1 && group.added.length === 1)
      return [{ was, is }];
    return [
      ...group.gone.map((file) => ({ was: file, is: null })),
      ...group.added.map((file) => ({ was: null, is: file })),
    ];
  });
}

/**
 * `EssentialsX-2.21.0-SNAPSHOT.jar` -> `essentialsx.jar`: name and extension without the text from the first number on.
 */
function withoutVersion(name: string): string {
  const end = name.lastIndexOf('.');
  const [bare, ending] = end <= 0 ? [name, ''] : [name.slice(0, end), name.slice(end)];
  const version = bare.search(/[-_ +.]?v?\d+(?:[._-]|$)/i);
  return `${version <= 0 ? bare : bare.slice(0, version)}${ending}`.toLowerCase();
}

function variableChanges(was: ServerState, is: ServerState): ChangedVariable[] {
  const [before, after] = [was.variables, is.variables];
  if (before === null || after === null) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => own(before, name) !== own(after, name)).sort();
  return changed.map((name) => ({ name, values: valuesOf(name, was, is) }));
}

/** null if one of the values is hidden. */
function valuesOf(name: string, was: ServerState, is: ServerState): ChangedValue | null {
  const [then, now] = [was, is].map(({ variables, values: open }) =>
    own(variables ?? {}, name) === undefined ? null : own(open, name),
  );
  return then === undefined || now === undefined ? null : { was: then, is: now };
}

/** A panel may name a variable like a property of every object. */
function own(texts: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

function commandChange(was: ServerState['command'], is: ServerState['command']): StateChanges['command'] {
  if (was === null || is === null || was.hash === is.hash) return null;
  return { values: was.text === null || is.text === null ? null : { was: was.text, is: is.text } };
}

function pathOf({ was, is }: FileChange): string {
  return is?.path ?? was?.path ?? '';
}
