/** Chromium's developer tools, for development. Packages create windows with `devTools: false`. */
import type { WebContents } from 'electron';

/** The used part of Electron's `WebContents`. */
export type Inspectable = Pick<WebContents, 'isDevToolsOpened' | 'openDevTools' | 'closeDevTools'> & {
  on(
    event: 'before-input-event',
    listener: (event: { preventDefault(): void }, input: { type: string; key: string }) => void,
  ): unknown;
};

/** F12 opens and closes the developer tools in a separate window; the popover has no space for them. */
export function offerDeveloperTools(contents: Inspectable, allowed: boolean): void {
  if (!allowed) return;
  contents.on('before-input-event', (event, { type, key }) => {
    if (type !== 'keyDown' || key !== 'F12') return;
    event.preventDefault();
    if (contents.isDevToolsOpened()) contents.closeDevTools();
    else contents.openDevTools({ mode: 'detach' });
  });
}
