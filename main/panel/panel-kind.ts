import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import type { Http } from '../base/ports.js';

/** Nobody waits for it, and a panel that is alive answers without asking a node. */
const timeoutMs = 8000;
/** A redirect has next to no body; a larger answer is no panel's. */
const maxBytes = 64 * 1024;

/**
 * Tells by its address alone which software a panel is: who asks without a key, and for a page, is sent to its login
 * (PROTOCOL 1.3, 8.1.3). Null where it can't be told: no answer, an untrusted certificate, maintenance, no panel.
 */
export async function panelKind(http: Http, panelUrl: string): Promise<PanelKind | null> {
  try {
    const { status, headers } = await http.send({
      method: 'GET',
      url: `${panelUrl}/api/client/account`,
      headers: { accept: 'text/html' },
      timeoutMs,
      maxBytes,
    });
    return status === 302 ? kindByLogin(headers['location'] ?? '', panelUrl) : null;
  } catch {
    return null;
  } finally {
    await http.close().catch(() => undefined);
  }
}

/** The login's address is whole, and below what the panel takes for its own, which need not be what the person uses. */
function kindByLogin(location: string, panelUrl: string): PanelKind | null {
  const path = URL.canParse(location, panelUrl) ? new URL(location, panelUrl).pathname : '';
  if (path.endsWith('/auth/login')) return 'pterodactyl';
  return path.endsWith('/login') ? 'pelican' : null;
}
