/** Makes the popover as high as its content: reports the height to main. */
import type { WindowState } from '../../state/context.js';

export class PopoverHeight {
  whole: HTMLElement | undefined;
  content: HTMLElement | undefined;
  #told = 0;

  constructor(
    private readonly client: WindowState['client'],
    /** False during a search, where the field must not move. */
    private readonly mayChange: () => boolean,
  ) {}

  tell(): void {
    const { whole, content } = this;
    if (whole === undefined || content === undefined || !this.mayChange()) return;
    const around = whole.offsetHeight - (content.parentElement?.clientHeight ?? 0);
    const height = around + content.offsetHeight;
    if (height <= 0 || height === this.#told) return;
    this.#told = height;
    this.client.send('window.setHeight', { height });
  }

  /** Tells the height again whenever the size of the element changes. */
  readonly follow = (element: HTMLElement): (() => void) => {
    const resized = new ResizeObserver(() => this.tell());
    resized.observe(element);
    return () => resized.disconnect();
  };
}
