/**
 * The menus of what the window shows, each under its title, for a list that searches through them. A view tells of its
 * menu for as long as it is there; a window without such a list takes no notice.
 */
import { getContext, setContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { MenuItem } from './menu.js';

export interface MenuInView {
  title(): string;
  items(): readonly MenuItem[];
}

const key = Symbol('menus-in-view');

export class MenusInView {
  readonly #menus = new SvelteSet<MenuInView>();

  /** Answers what takes the menu away again. */
  add(menu: MenuInView): () => void {
    this.#menus.add(menu);
    return () => void this.#menus.delete(menu);
  }

  /** As they are now, a folder each. */
  read(): MenuItem[] {
    return [...this.#menus].map((menu) => ({ kind: 'folder', label: menu.title(), items: menu.items() }));
  }
}

export function provideMenusInView(): MenusInView {
  return setContext(key, new MenusInView());
}

/** Called while a component is made. */
export function tellMenu(menu: MenuInView): void {
  const menus = getContext<MenusInView | undefined>(key);
  if (menus !== undefined) $effect(() => menus.add(menu));
}
