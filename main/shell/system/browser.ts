/** Opens pages in the user's browser. */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import type { PanelKind } from '../../../bridge/panel/panel-kind.js';
import { say, sentence } from '../../../messages/messages.js';

export interface BrowserDeps {
  /** Electron's `shell.openExternal`. */
  readonly openExternal: (url: string) => Promise<void>;
  /** Asks the user. Resolves with true = continue. */
  readonly ask: (question: { message: string; detail: string; confirm: string }) => Promise<boolean>;
}

export class Browser {
  constructor(private readonly deps: BrowserDeps) {}

  /** Opens a server's page on its panel, or the panel's first page. Rejects with `PerchError`. */
  async openPanel(account: Pick<Account, 'panelUrl'>, server?: Pick<Server, 'identifier'>): Promise<void> {
    await this.openPage(panelPage(account.panelUrl, server?.identifier));
  }

  /** Opens the page of the user's account on the panel. Rejects with `PerchError`. */
  async openAccountPage({ panelUrl }: Pick<Account, 'panelUrl'>, kind: PanelKind): Promise<void> {
    await this.openPage(accountPageUrl(panelUrl, kind));
  }

  /**
   * Opens the page where the user creates an API key.
   *
   * The window names the panel, which has no account yet. A window that an attacker controls could open only one of
   * two fixed paths.
   */
  async openKeyPage(panelUrl: string, kind: PanelKind): Promise<void> {
    await this.openPage(keyPageUrl(panelUrl, kind));
  }

  /** Opens a link from a console. Accepts https only, and asks the user with the whole address first. */
  async openLink(link: string): Promise<void> {
    const url = URL.canParse(link) ? new URL(link) : null;
    if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
      throw new PerchError(notALink);
    }
    const agreed = await this.deps.ask({
      message: say('desktop.open-link', { host: url.host }),
      detail: say('desktop.open-link-detail', { link: url.href.slice(0, 500) }),
      confirm: say('desktop.open-link-confirm'),
    });
    if (agreed) await this.openPage(url.href);
  }

  /**
   * Opens a server's files in the program that the system has for SFTP. `address` holds the user name, never a
   * password. Rejects with `PerchError`.
   */
  async openSftp(address: string): Promise<void> {
    const url = addressWithoutPassword(address, 'sftp:');
    if (url === null) throw new PerchError(newProblem('conflict', sentence('sftp.no-address')));
    try {
      await this.deps.openExternal(url);
    } catch (error) {
      throw new PerchError(newProblem('internal', sentence('sftp.no-program')), { cause: error });
    }
  }

  /**
   * Opens a database in the program that the system has for MySQL. `address` holds the user name, never a password.
   * Rejects with `PerchError`.
   */
  async openDatabase(address: string): Promise<void> {
    const url = addressWithoutPassword(address, 'mysql:');
    if (url === null) throw new PerchError(newProblem('conflict', sentence('actions.database-address')));
    try {
      await this.deps.openExternal(url);
    } catch (error) {
      throw new PerchError(newProblem('internal', sentence('desktop.no-database-program')), { cause: error });
    }
  }

  /** Opens a page whose address Perch chose; null = no valid address. Rejects with `PerchError` if no browser opens. */
  async openPage(url: string | null): Promise<void> {
    if (url === null) throw new PerchError(notOpened);
    try {
      await this.deps.openExternal(url);
    } catch (error) {
      throw new PerchError(notOpened, { cause: error });
    }
  }
}

/** The address in its usual form; null = of another scheme, without a host, or with a password. */
function addressWithoutPassword(address: string, scheme: 'sftp:' | 'mysql:'): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isFit = url?.protocol === scheme && url.password === '' && url.hostname !== '';
  return isFit ? url.href : null;
}

/** Address of a page on the account's panel; null = the panel's address is not http or https. */
export function panelPage(panelUrl: string, identifier?: string): string | null {
  if (!URL.canParse(panelUrl)) return null;
  const { protocol, origin, pathname } = new URL(panelUrl);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  const base = `${origin}${pathname.replace(/\/+$/, '')}/`;
  return identifier === undefined ? base : `${base}server/${encodeURIComponent(identifier)}`;
}

/** Address of the page on which the user's account is changed; null = the panel's address is not http or https. */
export function accountPageUrl(panelUrl: string, kind: PanelKind): string | null {
  const first = panelPage(panelUrl);
  if (first === null) return null;
  return new URL(kind === 'pelican' ? 'profile' : 'account', first).href;
}

/** PROTOCOL 1.2 */
export function keyPageUrl(panelUrl: string, kind: PanelKind): string | null {
  const first = panelPage(panelUrl);
  if (first === null) return null;
  return new URL(kind === 'pelican' ? 'profile?tab=api-keys::data::tab' : 'account/api', first).href;
}

const notOpened = newProblem('internal', sentence('desktop.no-browser'));

const notALink = newProblem('invalid', sentence('desktop.not-a-link'));
