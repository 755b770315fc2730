/** Who may speak to main: the main frame of a window that Perch made, showing a page of Perch. */

/** Where the pages of the windows come from (`shell/pages/scheme.ts` serves them). */
export const appScheme = 'app';
export const appHost = 'perch';

/** What is asked of Electron's `WebFrameMain`. */
interface SenderFrame {
  readonly url: string;
  /** null for the main frame. */
  readonly parent: unknown;
}

/** What is asked of Electron's `IpcMainInvokeEvent`. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  /** null once the frame navigated away or was destroyed. */
  readonly senderFrame: SenderFrame | null;
}

/** Says why the sender is refused, or null when it is trusted. */
export function distrust(event: SenderEvent, isOurs: (webContentsId: number) => boolean): string | null {
  try {
    const frame = event.senderFrame;
    if (frame === null) return 'no frame';
    if (!isOurs(event.sender.id)) return 'not a window of Perch';
    if (frame.parent !== null) return 'not a main frame';
    return isAppUrl(frame.url) ? null : 'not a page of Perch';
  } catch {
    // Older Electron throws on the fields of a frame that is already disposed.
    return 'no frame';
  }
}

/** True for addresses that `shell/pages/scheme.ts` serves. `URL.origin` is "null" for schemes of one's own, so by parts. */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const plain = url.port === '' && url.username === '' && url.password === '';
  return url.protocol === `${appScheme}:` && url.hostname === appHost && plain;
}
