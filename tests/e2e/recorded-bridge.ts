/**
 * Everything that main sends to windows, recorded in main: answers to calls, and events of feeds.
 *
 * The recording replaces Electron's handler of calls and the function `send` of each window, because a page cannot watch
 * its own bridge, and because a page would miss what goes to another window.
 */
import type { Perch } from './perch.js';

export interface Sent {
  /** `call NAME`, `watch NAME` or `push`. */
  readonly what: string;
  /** JSON of the answer or of the event. */
  readonly text: string;
}

export async function recordBridge({ app }: Perch): Promise<{ sent(): Promise<Sent[]> }> {
  await app.evaluate(({ app: electron, ipcMain, webContents }) => {
    type Handler = (event: unknown, request: { kind: string; name?: string }) => Promise<unknown>;
    const sent: Sent[] = [];
    Object.assign(globalThis, { sent });
    const channel = 'perch:invoke';
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
    const answer = handlers.get(channel);
    if (answer === undefined) throw new Error('Perch answers no calls yet.');
    ipcMain.removeHandler(channel);
    ipcMain.handle(channel, async (event, request: { kind: string; name?: string }) => {
      const answered = await answer(event, request);
      sent.push({ what: `${request.kind} ${request.name ?? ''}`, text: JSON.stringify(answered) });
      return answered;
    });
    const record = (contents: Electron.WebContents): void => {
      const send = contents.send.bind(contents);
      contents.send = (name, ...args: unknown[]) => {
        sent.push({ what: 'push', text: JSON.stringify(args) });
        send(name, ...args);
      };
    };
    for (const contents of webContents.getAllWebContents()) record(contents);
    electron.on('web-contents-created', (_event, contents) => record(contents));
  });
  return { sent: () => app.evaluate(() => (globalThis as unknown as { sent: Sent[] }).sent) };
}
