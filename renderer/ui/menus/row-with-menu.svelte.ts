/**
 * Row of a list with a menu. A press, a right click, the menu key and a button of the row open the menu; Delete asks about the
 * row.
 */
import { isMenuKey, menuBelow, menuSpot, type MenuSpot } from './menu.js';

export class RowWithMenu {
  /** Where the menu is; null while it is closed. */
  spot = $state.raw<MenuSpot | null>(null);
  /** The row's own button, which has the focus. */
  row = $state<HTMLElement>();

  /** `whatDelete` = the present action of the Delete key; null = none. */
  constructor(private readonly whatDelete: () => (() => void) | null) {}

  readonly onKey = (event: KeyboardEvent): void => {
    const ask = event.key === 'Delete' ? this.whatDelete() : null;
    if (ask !== null) {
      event.preventDefault();
      ask();
    } else if (isMenuKey(event)) this.open(event);
  };

  /** At the pointer, or below the row. */
  readonly open = (event: Event): void => {
    event.preventDefault();
    if (this.row !== undefined) this.spot = menuSpot(event, this.row);
  };

  /** Below the button that was pressed. */
  readonly openBelow = ({ currentTarget }: { readonly currentTarget: HTMLElement }): void => {
    this.spot = menuBelow(currentTarget, this.row);
  };

  readonly close = (): void => {
    this.spot = null;
  };
}
