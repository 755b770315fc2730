/**
 * Preload script: exposes `window.perch.call` and `window.perch.watch` to the window, nothing else.
 * Main checks names, inputs and outputs (`main/ipc`); this file only forwards them.
 */
import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron';
import { invokeChannel, pushChannel } from '../bridge/channels.js';
import type { FeedEvent, FeedName } from '../bridge/schema/contract.js';
import type { Envelope, PerchBridge, Push, Request } from '../bridge/schema/wire.js';

type Listener = (event: FeedEvent<FeedName>) => void;

const listeners = new Map<number, Listener>();
let lastSubscription = 0;

const upload = 'files.upload';

/** Without paths of this computer, which only a file that a person dropped may name. */
function unsourced(input: unknown): unknown {
  return { ...Object(input), sources: null };
}

/** Paths of dropped files. Runs no code of the page: an array of the page could bring a `map` that answers any path. */
function pathsOf(files: readonly unknown[]): string[] {
  const paths: string[] = [];
  for (let at = 0; Array.isArray(files) && at < files.length; at++) {
    const path = webUtils.getPathForFile(files[at] as File);
    if (path !== '') paths.push(path);
  }
  return paths;
}

function ask(request: Request): Promise<Envelope> {
  return ipcRenderer.invoke(invokeChannel, request) as Promise<Envelope>;
}

ipcRenderer.on(pushChannel, (_event, push: Push) => {
  listeners.get(push.subscription)?.(push.event);
});

const perch: PerchBridge = {
  call: (name, input) => ask({ kind: 'call', name, input: name === upload ? unsourced(input) : input }),

  upload: (input, files) => ask({ kind: 'call', name: upload, input: { ...input, sources: pathsOf(files) } }),

  watch(name, params, listener) {
    const subscription = ++lastSubscription;
    // Registered before the request, because the snapshot may arrive before the answer.
    listeners.set(subscription, listener);
    void ask({ kind: 'watch', name, subscription, params }).then((envelope) => {
      if (envelope.ok || !listeners.delete(subscription)) return;
      listener({ kind: 'failed', problem: envelope.error });
    });
    return () => {
      if (!listeners.delete(subscription)) return;
      void ask({ kind: 'unwatch', subscription });
    };
  },
};

contextBridge.exposeInMainWorld('perch', perch);

// Electron before 38 lets a page read the clipboard with `execCommand('paste')`, whatever its permissions.
void webFrame.executeJavaScript('Document.prototype.execCommand = () => false; null');
