/** Shortcuts of the fleet table, relative to the focused row. Pure except for the calls of `acts`. */
import { rowTarget } from '../../ui/keyboard/row-target.js';
import type { FleetItem, SectionItem } from './fleet-items.js';

export interface KeyActs {
  /** Focuses a row; `extend` selects all rows up to it. */
  goTo(key: string, extend: boolean): void;
  open(item: FleetItem): void;
  select(item: FleetItem): void;
  selectFound(): void;
  /** False if no layer was open. */
  clear(): boolean;
  move(item: FleetItem, step: 1 | -1): void;
  /** False if the title cannot fold or already is in that state. */
  fold(item: SectionItem, isFolded: boolean): boolean;
}

type KeyFacts = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Handles a key; returns whether it belongs to the table. */
export function actOnKey(
  event: KeyFacts,
  items: readonly FleetItem[],
  active: string | null,
  acts: KeyActs,
): boolean {
  const at = items.findIndex(({ key }) => key === active);
  const item = items[at];
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.key.toLowerCase() === 'a') {
    acts.selectFound();
    return true;
  }
  if (event.key === 'Escape') return acts.clear();
  if (isCommand) return false;
  if (event.altKey) {
    if (item === undefined || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return false;
    acts.move(item, event.key === 'ArrowUp' ? -1 : 1);
    return true;
  }
  const next = items[rowTarget(event.key, at, items.length)];
  if (next !== undefined) {
    acts.goTo(next.key, event.shiftKey);
    return true;
  }
  if (item === undefined || (event.key !== 'Enter' && event.key !== ' ')) return false;
  if (event.key === 'Enter') acts.open(item);
  else acts.select(item);
  return true;
}

/**
 * Handles the left and right arrow keys on a row, as in a tree. On a title, left folds the section and right unfolds
 * it. On a server, left moves to the title. Otherwise returns false: the key then moves among the row's buttons.
 */
export function actOnSideKey(
  key: 'ArrowLeft' | 'ArrowRight',
  items: readonly FleetItem[],
  active: string | null,
  acts: Pick<KeyActs, 'goTo' | 'fold'>,
): boolean {
  const item = items.find((one) => one.key === active);
  if (item?.kind === 'section') return acts.fold(item, key === 'ArrowLeft');
  const title = item?.section?.key;
  if (key === 'ArrowRight' || title === undefined) return false;
  acts.goTo(title, false);
  return true;
}
