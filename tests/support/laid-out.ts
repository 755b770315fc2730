/** Gives scroll containers a height and their rows positions, in jsdom without layout. */
export function layOutScrollers(height: number): () => void {
  const { prototype } = HTMLElement;
  const place = prototype.getBoundingClientRect;
  Object.defineProperty(prototype, 'clientHeight', {
    configurable: true,
    get(this: HTMLElement) {
      return this.hasAttribute('data-scroller') ? height : 0;
    },
  });
  prototype.getBoundingClientRect = function (this: HTMLElement) {
    const around = this.closest('[data-scroller]');
    return around === null || around === this ? place.call(this) : new DOMRect(0, -around.scrollTop, 300, 20);
  };
  return () => {
    Reflect.deleteProperty(prototype, 'clientHeight');
    prototype.getBoundingClientRect = place;
  };
}

/** Scrolls to `top` and fires the scroll event. */
export function scrollTo(scroller: Element, top: number): void {
  scroller.scrollTop = top;
  scroller.dispatchEvent(new Event('scroll'));
}
