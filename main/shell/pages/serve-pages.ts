import { join } from 'node:path';
import { app, ipcMain, protocol, session, type IpcMainInvokeEvent } from 'electron';
import { invokeChannel } from '../../../bridge/channels.js';
import { devPages, devServer } from './dev-pages.js';
import { serve, serveScheme } from './scheme.js';
import { lockDown, lockSession } from './security.js';

export interface PageServing {
  /** Folder of the build output. */
  readonly out: string;
  readonly env: NodeJS.ProcessEnv;
  readonly answer: (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>;
}

/** Set-up before the first page: restrictions of every page, the scheme handler, and the handler of requests. */
export function servePages({ out, env, answer }: PageServing): void {
  const dev = devServer(env, app.isPackaged);
  lockDown(app, dev !== null);
  lockSession(session.defaultSession, dev?.changes ?? null);
  const files = join(out, 'renderer');
  serveScheme(protocol, dev === null ? (request) => serve(files, request) : devPages(dev));
  ipcMain.handle(invokeChannel, answer);
}
