/**
 * What a window is given of the main process: `window.perch.call` and `window.perch.watch`, nothing else.
 * Names, inputs and answers are checked in main (`main/ipc`); this file only carries them.
 */
import { contextBridge, ipcRenderer, webFrame } from 'electron';
import { invokeChannel, pushChannel } from '../bridge/channels.js';
import type { FeedEvent, FeedName } from '../bridge/schema/contract.js';
import type { Envelope, PerchBridge, Push, Request } from '../bridge/schema/wire.js';

type Listener = (event: FeedEvent<FeedName>) => void;

const listeners = new Map<number, Listener>();
let lastSubscription = 0;

function ask(request: Request): Promise<Envelope> {
  return ipcRenderer.invoke(invokeChannel, request) as Promise<Envelope>;
}

ipcRenderer.on(pushChannel, (_event, push: Push) => {
  listeners.get(push.subscription)?.(push.event);
});

const perch: PerchBridge = {
  call: (name, input) => ask({ kind: 'call', name, input }),

  watch(name, params, listener) {
    const subscription = ++lastSubscription;
    // Known before main is asked: the snapshot may arrive before the answer does.
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

// Electron before 38 lets a page read the clipboard by `execCommand('paste')` whatever its permissions say.
void webFrame.executeJavaScript('Document.prototype.execCommand = () => false; null');
