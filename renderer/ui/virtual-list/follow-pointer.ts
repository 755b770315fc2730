export interface Following {
  move(event: PointerEvent): void;
  /** `isDone` is false for a cancelled press: Esc, another window, or the system took the pointer. */
  end(isDone: boolean): void;
}

/** Follows a pressed pointer until its release. The returned function cancels the press. */
export function followPointer({ pointerId }: PointerEvent, { move, end }: Following): () => void {
  const over = new AbortController();
  const stop = (isDone: boolean): void => {
    over.abort();
    end(isDone);
  };
  const { signal } = over;
  const isIts = (event: PointerEvent): boolean => event.pointerId === pointerId;
  window.addEventListener('pointermove', (event) => isIts(event) && move(event), { signal });
  window.addEventListener('pointerup', (event) => isIts(event) && stop(true), { signal });
  window.addEventListener('pointercancel', () => stop(false), { signal });
  window.addEventListener('blur', () => stop(false), { signal });
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      stop(false);
    },
    { signal, capture: true },
  );
  return () => {
    if (!signal.aborted) stop(false);
  };
}
