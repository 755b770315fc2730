import { startTamperedPanel } from './odd-panel.js';
import type { SandboxProcess } from './sandbox-process.js';
import { startTlsFront, type TlsFront } from './tls-front.js';

/** Panel of the sandbox whose nodes are reachable by TLS only, under a name chosen by the test. */
export async function startPanelWithTlsNodes(sandbox: SandboxProcess, nodeName = '127.0.0.1') {
  const fronts = new Map<string, TlsFront>();
  for (const { identifier } of sandbox.servers) {
    // A suspended server has no token, and so no address.
    const answer = await sandbox.ask(`/api/client/servers/${identifier}/websocket`).catch(() => null);
    const address = /ws:\/\/127\.0\.0\.1:(\d+)/.exec(JSON.stringify(answer));
    if (address?.[1] === undefined || fronts.has(address[0])) continue;
    fronts.set(address[0], await startTlsFront(Number(address[1]), sandbox.panel));
  }
  const panel = await startTamperedPanel(sandbox.panel, (body) =>
    [...fronts].reduce(
      (text, [plain, { port }]) => text.replaceAll(plain, `wss://${nodeName}:${port}`),
      body,
    ),
  );
  return {
    url: panel.url,
    fronts: [...fronts.values()],
    stop: () => Promise.all([panel.stop(), ...[...fronts.values()].map((front) => front.stop())]),
  };
}
