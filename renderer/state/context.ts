/** State shared by all views of a window; created once per window and passed by context. */
import { createContext } from 'svelte';
import type { createWindowState } from './window-state.js';

export type WindowState = Readonly<ReturnType<typeof createWindowState>>;

export const [windowState, provideWindowState] = createContext<WindowState>();
