/** What both windows do at their start: state over the preload's bridge, the theme, then the view. */
import { mount, type Component } from 'svelte';
import { PerchClient } from './api.js';
import Frame from './views/frame.svelte';
import { createWindowState } from './state/window-state.js';
import './style/tokens.css';
import './style/base.css';

export function mountWindow(view: Component): void {
  const target = document.getElementById('app');
  if (target === null) throw new Error('The page has no element #app.');
  mount(Frame, { target, props: { view, state: createWindowState(new PerchClient(window.perch)) } });
}
