/** Drag gestures in the table header: resizing at an edge, or moving a column. */
import type { FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import { followPointer } from '../../ui/virtual-list/follow-pointer.js';
import { withinBounds } from './column-choice.js';
import type { FleetColumns } from './fleet-columns.svelte.js';

/** Pixels that the pointer moves before a press becomes a drag. */
const threshold = 6;

interface Drop {
  readonly column: FleetColumn;
  readonly side: 'before' | 'after';
}

export class HeadDrag {
  /** Column being moved. */
  moved = $state<FleetColumn | null>(null);
  /** Target of the move. */
  drop = $state.raw<Drop | null>(null);
  /** True right after a drag, to suppress sorting by the click that follows. */
  #wasDragged = false;

  constructor(private readonly columns: FleetColumns) {}

  /** Whether the click belongs to a drag that just ended. */
  takesClick(): boolean {
    const was = this.#wasDragged;
    this.#wasDragged = false;
    return was;
  }

  resize(event: PointerEvent, column: FleetColumn): void {
    const edge = event.currentTarget;
    const cell = edge instanceof HTMLElement ? edge.parentElement : null;
    if (event.button !== 0 || cell === null) return;
    event.preventDefault();
    event.stopPropagation();
    const from = cell.getBoundingClientRect().width - event.clientX;
    const columns = this.columns;
    followPointer(event, {
      move: ({ clientX }) => (columns.resizing = { column, width: withinBounds(from + clientX) }),
      end: (isDone) => {
        const { resizing } = columns;
        if (isDone && resizing !== null) columns.size(column, resizing.width);
        columns.resizing = null;
      },
    });
  }

  press(event: PointerEvent, column: FleetColumn): void {
    const head =
      event.currentTarget instanceof HTMLElement ? event.currentTarget.closest('[role=row]') : null;
    this.#wasDragged = false;
    if (event.button !== 0 || head === null || column === 'name') return;
    const startsAt = event.clientX;
    followPointer(event, {
      move: ({ clientX }) => {
        if (this.moved === null && Math.abs(clientX - startsAt) < threshold) return;
        this.moved = column;
        this.drop = dropAt(head, clientX);
      },
      end: (isDone) => {
        const { drop } = this;
        this.#wasDragged = this.moved !== null;
        if (isDone && drop !== null && this.moved !== null)
          this.columns.place(column, drop.column, drop.side);
        this.moved = null;
        this.drop = null;
      },
    });
  }
}

/** Nearer side of the column under the pointer. */
function dropAt(head: Element, x: number): Drop | null {
  const cells = [...head.querySelectorAll<HTMLElement>('[data-column]')];
  for (const cell of cells) {
    const { left, right, width } = cell.getBoundingClientRect();
    if (x < left || x > right) continue;
    const column = cell.dataset['column'] as FleetColumn;
    return { column, side: column !== 'name' && x < left + width / 2 ? 'before' : 'after' };
  }
  return null;
}
