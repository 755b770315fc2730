/**
 * Registry of the menus of the visible views, each with a title, for the palette's search. A view registers its menu
 * while it is mounted; a window without a registry ignores it.
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

  /** Registers a menu; returns the function that removes it. */
  add(menu: MenuInView): () => void {
    this.#menus.add(menu);
    return () => void this.#menus.delete(menu);
  }

  /** Current menus, as one folder each. */
  read(): MenuItem[] {
    return [...this.#menus].map((menu) => ({ kind: 'folder', label: menu.title(), items: menu.items() }));
  }
}

export function provideMenusInView(): MenusInView {
  return setContext(key, new MenusInView());
}

/** Registers a menu during component initialization. */
export function tellMenu(menu: MenuInView): void {
  const menus = getContext<MenusInView | undefined>(key);
  if (menus !== undefined) $effect(() => menus.add(menu));
}
