/** Check of senders: only the main frame of a window of Perch, with a page of Perch, may send requests to main. */

/** Scheme and host of the windows' pages (`shell/pages/scheme.ts` serves them). */
export const appScheme = 'app';
export const appHost = 'perch';

/** The used part of Electron's `WebFrameMain`. */
interface SenderFrame {
  readonly url: string;
  /** null = this is the main frame. */
  readonly parent: unknown;
}

/** The used part of Electron's `IpcMainInvokeEvent`. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  /** null = the frame navigated away or was destroyed. */
  readonly senderFrame: SenderFrame | null;
}

/** Why the sender is refused; null = trusted. */
export function distrust(event: SenderEvent, isOurs: (webContentsId: number) => boolean): string | null {
  try {
    const frame = event.senderFrame;
    if (frame === null) return 'no frame';
    if (!isOurs(event.sender.id)) return 'not a window of Perch';
    if (frame.parent !== null) return 'not a main frame';
    return isAppUrl(frame.url) ? null : 'not a page of Perch';
  } catch {
    // Older versions of Electron throw on the fields of a disposed frame.
    return 'no frame';
  }
}

/**
 * True for addresses that `shell/pages/scheme.ts` serves. Compares the parts, because `URL.origin` is "null" for
 * custom schemes.
 */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const plain = url.port === '' && url.username === '' && url.password === '';
  return url.protocol === `${appScheme}:` && url.hostname === appHost && plain;
}
