/** Time that the pointer or the focus rests on an element before its tooltip shows, in ms. */
const restMs = 500;
/** Within this time after a tooltip the next one shows at once, in ms. */
const afterMs = 300;

const marked = '[data-tip]';

/**
 * Target of the window's one tooltip. Every element with `data-tip` has a tooltip, so a thousand rows cost only an
 * attribute each; `aria-description` gives the same text to assistive technology.
 */
export class TooltipTarget {
  #shown = $state.raw<HTMLElement | null>(null);
  #text = $state('');
  #wanted: HTMLElement | null = null;
  /**
   * Last pressed element: no tooltip while the pointer rests there, because it could cover the result of the press.
   */
  #pressed: HTMLElement | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hiddenAt = Number.NEGATIVE_INFINITY;
  readonly #changes = new MutationObserver(() => this.#follow());

  /** `id` = id of the tooltip, for `aria-describedby` of the target. */
  constructor(private readonly id: string) {}

  /** Null while no tooltip is shown. */
  get shown(): HTMLElement | null {
    return this.#shown;
  }

  get text(): string {
    return this.#text;
  }

  /** The pointer is over this element now. */
  point(target: EventTarget | null): void {
    const element = markedAt(target);
    if (element !== null && element === this.#pressed) return;
    this.#pressed = null;
    this.#want(element);
  }

  /** The pointer pressed this element. */
  press(target: EventTarget | null): void {
    this.hide();
    this.#pressed = markedAt(target);
  }

  /** The focus came here. Only keyboard focus shows a tooltip. */
  focus(target: EventTarget | null): void {
    const isByKeyboard = target instanceof HTMLElement && target.matches(`${marked}:focus-visible`);
    this.#want(isByKeyboard ? target : null);
  }

  hide(): void {
    this.#wanted = null;
    clearTimeout(this.#timer);
    if (this.#shown === null) return;
    this.#changes.disconnect();
    describe(this.#shown, this.id, false);
    this.#shown = null;
    this.#hiddenAt = performance.now();
  }

  #want(element: HTMLElement | null): void {
    if (element === this.#wanted) return;
    this.hide();
    this.#wanted = element;
    if (element === null) return;
    const isSoon = performance.now() - this.#hiddenAt < afterMs;
    this.#timer = setTimeout(() => this.#show(element), isSoon ? 0 : restMs);
  }

  #show(element: HTMLElement): void {
    if (isReadWhole(element)) return;
    this.#shown = element;
    this.#follow();
    if (this.#shown === null) return;
    describe(element, this.id, true);
    const options = { subtree: true, childList: true, attributeFilter: ['data-tip'] };
    this.#changes.observe(document.body, options);
  }

  /** Follows the target: its text may change, or the element may be removed. */
  #follow(): void {
    const text = this.#shown?.isConnected === true ? this.#shown.dataset['tip'] : undefined;
    if (text === undefined) this.hide();
    else this.#text = text;
  }
}

function markedAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(marked) : null;
}

/** Whether the element shows the whole text of its tooltip. The tooltip would then only cover the row below. */
function isReadWhole(element: HTMLElement): boolean {
  const shown = element.textContent.replaceAll(/\s+/g, ' ').trim();
  if (shown !== element.dataset['tip']?.trim()) return false;
  return [element, ...element.querySelectorAll('*')].every(
    // Inline elements have no size of their own.
    (part) =>
      part.clientWidth === 0 ||
      (part.scrollWidth <= part.clientWidth && part.scrollHeight <= part.clientHeight + 2),
  );
}

function describe(element: HTMLElement, id: string, on: boolean): void {
  const others = (element.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one !== id);
  const ids = [...others, ...(on ? [id] : [])].filter((one) => one !== '');
  if (ids.length === 0) element.removeAttribute('aria-describedby');
  else element.setAttribute('aria-describedby', ids.join(' '));
}
