/** Keys of the list of a folder, relative to the focused row. Pure except for the calls of `acts`. */
import { rowTarget } from '../../../ui/keyboard/row-target.js';
import type { FileItem } from './files-table.svelte.js';

export interface FileKeyActs {
  /** Focuses a row; `extend` selects all rows up to it. */
  goTo(key: string, extend: boolean): void;
  open(item: FileItem): void;
  select(item: FileItem): void;
  selectAll(): void;
  /** False if no selection or search was active. */
  clear(): boolean;
  up(): void;
  rename(item: FileItem): void;
  remove(item: FileItem): void;
  take(item: FileItem, how: 'cut' | 'copy'): void;
  paste(): void;
}

type KeyFacts = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Handles a key; returns whether it belongs to the list. */
export function actOnFileKey(
  event: KeyFacts,
  items: readonly FileItem[],
  active: string | null,
  acts: FileKeyActs,
): boolean {
  const at = items.findIndex(({ key }) => key === active);
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) return !event.shiftKey && actOnCommand(event.key, items[at], acts);
  const next = items[rowTarget(event.key, at, items.length)];
  if (next !== undefined) {
    acts.goTo(next.key, event.shiftKey);
    return true;
  }
  if (event.key === 'Escape') return acts.clear();
  if (event.key === 'Backspace') {
    acts.up();
    return true;
  }
  return items[at] !== undefined && actOnRow(event.key, items[at], acts);
}

function actOnRow(key: string, item: FileItem, acts: FileKeyActs): boolean {
  if (key === 'Enter') acts.open(item);
  else if (key === ' ') acts.select(item);
  else if (key === 'F2') acts.rename(item);
  else if (key === 'Delete') acts.remove(item);
  else return false;
  return true;
}

function actOnCommand(key: string, item: FileItem | undefined, acts: FileKeyActs): boolean {
  if (key.toLowerCase() === 'a') acts.selectAll();
  else if (key.toLowerCase() === 'v') acts.paste();
  else if (item === undefined) return false;
  else if (key.toLowerCase() === 'c') acts.take(item, 'copy');
  else if (key.toLowerCase() === 'x') acts.take(item, 'cut');
  else return false;
  return true;
}
