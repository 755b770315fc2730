/** Underlines the link under the pointer; a click with Ctrl or Cmd asks to open it. */
import { WebLinksAddon } from '@xterm/addon-web-links';
import type { Terminal } from '@xterm/xterm';
import { isLink, linkPattern } from './links.js';

/** Link under the pointer, and the pointer's position in the window. */
export interface HoveredLink {
  readonly url: string;
  readonly x: number;
  readonly y: number;
}

export interface LinkUses {
  open(url: string): void;
  hover(link: HoveredLink | null): void;
}

export function showLinks(terminal: Terminal, { open, hover }: LinkUses): void {
  const addon = new WebLinksAddon(
    (event, url) => {
      // A plain click selects text and sets the focus, as in the rest of the console.
      if ((event.ctrlKey || event.metaKey) && isLink(url)) open(url);
    },
    {
      urlRegex: linkPattern,
      hover: ({ clientX, clientY }, url) => hover(isLink(url) ? { url, x: clientX, y: clientY } : null),
      leave: () => hover(null),
    },
  );
  terminal.loadAddon(addon);
}
