import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import type { Http } from '../base/network-ports.js';

/** Short, because no user waits for this request and a working panel answers it without asking a node. */
const timeoutMs = 8000;
/** A redirect has almost no body; a larger answer does not come from a panel. */
const maxBytes = 64 * 1024;

/**
 * Detects a panel's software from its login redirect: a page request without a key goes to the login page
 * (PROTOCOL 1.3, 8.1.3).
 * null = unknown: no answer, an untrusted certificate, maintenance, or no panel.
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

/** The login address is absolute and below the panel's configured address, which may differ from the user's address. */
function kindByLogin(location: string, panelUrl: string): PanelKind | null {
  const path = URL.canParse(location, panelUrl) ? new URL(location, panelUrl).pathname : '';
  if (path.endsWith('/auth/login')) return 'pterodactyl';
  return path.endsWith('/login') ? 'pelican' : null;
}
