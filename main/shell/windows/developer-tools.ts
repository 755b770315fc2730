/** Chromium's developer tools, for work on Perch. A package refuses them: its windows are made with `devTools: false`. */
import type { WebContents } from 'electron';

/** What is used of Electron's `WebContents`. */
export type Inspectable = Pick<WebContents, 'isDevToolsOpened' | 'openDevTools' | 'closeDevTools'> & {
  on(
    event: 'before-input-event',
    listener: (event: { preventDefault(): void }, input: { type: string; key: string }) => void,
  ): unknown;
};

/** Where they are allowed, F12 opens and closes them, in a window of their own: the popover has no room for them. */
export function offerDeveloperTools(contents: Inspectable, allowed: boolean): void {
  if (!allowed) return;
  contents.on('before-input-event', (event, { type, key }) => {
    if (type !== 'keyDown' || key !== 'F12') return;
    event.preventDefault();
    if (contents.isDevToolsOpened()) contents.closeDevTools();
    else contents.openDevTools({ mode: 'detach' });
  });
}
