/** Dragging of list rows with the pointer: between others, where a line shows the target position, or onto another. */
import { followPointer } from './follow-pointer.js';
import { dropAt } from './virtual-layout.js';

export interface DragRules<T> {
  /** True if rows are dropped onto other rows; missing = between them. */
  readonly isOnto?: boolean;
  canDrag(item: T): boolean;
  /** Whether `item` may move to this side of `over`. */
  canDrop(item: T, over: T, side: 'before' | 'after'): boolean;
  drop(item: T, over: T, side: 'before' | 'after'): void;
}

/** Current list under the drag. */
export interface DragList<T> {
  items(): readonly T[];
  offsets(): readonly number[];
  /** Element of the list; heights are measured from its top. */
  box(): HTMLElement;
  scroller(): HTMLElement;
}

/** Pixels that the pointer moves before a press becomes a drag. */
const threshold = 5;
/** Distance to an edge that starts automatic scrolling, and pixels per frame. */
const edge = 36;
const edgeStep = 10;

export class VirtualDrag<T> {
  dragged = $state.raw<T | null>(null);
  /** Height at which the drop line is drawn in the list; null where the row may not be dropped. */
  line = $state<number | null>(null);
  /** Drop target of the dragged row. */
  over = $state.raw<T | null>(null);
  /** Cancels a drag. */
  stop: () => void = () => undefined;
  #pointerY = 0;
  #target: { over: T; side: 'before' | 'after' } | null = null;
  #frame = 0;

  constructor(
    private readonly rules: DragRules<T>,
    private readonly list: DragList<T>,
  ) {}

  press(event: PointerEvent, item: T): void {
    if (event.button !== 0 || event.pointerType === 'touch' || !this.rules.canDrag(item)) return;
    if (event.target instanceof Element && event.target.closest('input, [data-no-drag]')) return;
    const { clientX, clientY } = event;
    this.stop = followPointer(event, {
      move: (moved) => {
        this.#pointerY = moved.clientY;
        if (this.dragged === null) {
          if (Math.hypot(moved.clientX - clientX, moved.clientY - clientY) < threshold) return;
          this.dragged = item;
          this.#frame = requestAnimationFrame(this.#follow);
        }
        this.#aim();
      },
      end: (isDone) => this.#end(isDone),
    });
  }

  readonly #follow = (): void => {
    const scroller = this.list.scroller();
    const { top, bottom } = scroller.getBoundingClientRect();
    const step = this.#pointerY < top + edge ? -edgeStep : this.#pointerY > bottom - edge ? edgeStep : 0;
    if (step !== 0) {
      scroller.scrollTop += step;
      this.#aim();
    }
    this.#frame = requestAnimationFrame(this.#follow);
  };

  #aim(): void {
    const { dragged } = this;
    const isOnto = this.rules.isOnto === true;
    const offsets = this.list.offsets();
    const y = this.#pointerY - this.list.box().getBoundingClientRect().top;
    const isBeside = y < 0 || y >= (offsets.at(-1) ?? 0);
    const found = isOnto && isBeside ? null : dropAt(offsets, y);
    const over = found === null ? undefined : this.list.items()[found.at];
    const allowed =
      dragged !== null &&
      found !== null &&
      over !== undefined &&
      this.rules.canDrop(dragged, over, found.side);
    this.#target = allowed ? { over, side: found.side } : null;
    this.over = allowed && isOnto ? over : null;
    this.line =
      allowed && !isOnto ? (offsets[found.side === 'before' ? found.at : found.at + 1] ?? null) : null;
  }

  #end(isDone: boolean): void {
    const { dragged } = this;
    const target = this.#target;
    cancelAnimationFrame(this.#frame);
    this.#target = null;
    this.dragged = null;
    this.line = null;
    this.over = null;
    if (!isDone || dragged === null) return;
    window.addEventListener('click', swallow, { capture: true, once: true });
    // If the release makes no click, the next real click must get through.
    setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
    if (target !== null) this.rules.drop(dragged, target.over, target.side);
  }
}

/** Swallows the click that ends a drag. */
function swallow(event: MouseEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
