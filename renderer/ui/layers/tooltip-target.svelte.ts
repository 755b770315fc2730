/** How long the pointer or the focus rests on something before it is explained; milliseconds. */
const restMs = 500;
/** So soon after one tooltip the next needs no rest. */
const afterMs = 300;

const marked = '[data-tip]';

/**
 * What the one tooltip of a window explains now. Whatever has the attribute `data-tip` is explained, so a thousand
 * rows cost no more than their attributes; `aria-description` says the same to assistive technology at any time.
 */
export class TooltipTarget {
  /** Id of the tooltip, which describes the element while it is shown. */
  readonly #id: string;
  #shown = $state.raw<HTMLElement | null>(null);
  #text = $state('');
  #wanted: HTMLElement | null = null;
  /** What was pressed is known: the pointer that still rests there asks for nothing, and would cover what came of it. */
  #pressed: HTMLElement | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hiddenAt = Number.NEGATIVE_INFINITY;
  readonly #changes = new MutationObserver(() => this.#follow());

  constructor(id: string) {
    this.#id = id;
  }

  /** Null while nothing is explained. */
  get shown(): HTMLElement | null {
    return this.#shown;
  }

  get text(): string {
    return this.#text;
  }

  /** The pointer is over this now. */
  point(target: EventTarget | null): void {
    const element = markedAt(target);
    if (element !== null && element === this.#pressed) return;
    this.#pressed = null;
    this.#want(element);
  }

  /** The pointer pressed here. */
  press(target: EventTarget | null): void {
    this.hide();
    this.#pressed = markedAt(target);
  }

  /** The focus came here; with the keyboard, or nobody asked to know what it is. */
  focus(target: EventTarget | null): void {
    const isByKeyboard = target instanceof HTMLElement && target.matches(`${marked}:focus-visible`);
    this.#want(isByKeyboard ? target : null);
  }

  hide(): void {
    this.#wanted = null;
    clearTimeout(this.#timer);
    if (this.#shown === null) return;
    this.#changes.disconnect();
    describe(this.#shown, this.#id, false);
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
    this.#shown = element;
    this.#follow();
    if (this.#shown === null) return;
    describe(element, this.#id, true);
    const options = { subtree: true, childList: true, attributeFilter: ['data-tip'] };
    this.#changes.observe(document.body, options);
  }

  /** What is explained may say something else by now, or be gone. */
  #follow(): void {
    const text = this.#shown?.isConnected === true ? this.#shown.dataset['tip'] : undefined;
    if (text === undefined) this.hide();
    else this.#text = text;
  }
}

function markedAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(marked) : null;
}

function describe(element: HTMLElement, id: string, on: boolean): void {
  const others = (element.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one !== id);
  const ids = [...others, ...(on ? [id] : [])].filter((one) => one !== '');
  if (ids.length === 0) element.removeAttribute('aria-describedby');
  else element.setAttribute('aria-describedby', ids.join(' '));
}
