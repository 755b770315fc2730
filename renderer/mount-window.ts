/** Starts a window: state over the preload script's bridge, language, theme, then the view. */
import { mount, type Component } from 'svelte';
import { PerchClient } from './api.js';
import { speak } from '../messages/messages.js';
import Frame from './views/frame.svelte';
import { LanguageFeed } from './state/feeds/language-feed.svelte.js';
import { createWindowState } from './state/window-state.js';
import './style/tokens.css';
import './style/base.css';
import './style/boxes.css';
import './style/shared.css';

export function mountWindow(view: Component): void {
  const target = document.getElementById('app');
  if (target === null) throw new Error('The page has no element #app.');
  const client = new PerchClient(window.perch);
  const state = createWindowState(client);
  // First of all, so that failures during the start are reported too.
  state.failures.listen(window);
  const language = new LanguageFeed(client);
  speak(() => language.current);
  language.start();
  void language.told.then(() => {
    mount(Frame, { target, props: { view, state } });
  });
}
