/** The ways out of Perch: pages in the person's browser. */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import { PerchError } from '../../../bridge/errors.js';
import type { PanelKind } from '../../../bridge/panel/panel-kind.js';
import { say, sentence } from '../../../messages/messages.js';

export interface BrowserDeps {
  /** Electron's `shell.openExternal`. */
  readonly openExternal: (url: string) => Promise<void>;
  /** Asks the person; true = go on. */
  readonly ask: (question: { message: string; detail: string; confirm: string }) => Promise<boolean>;
}

export class Browser {
  readonly #deps: BrowserDeps;

  constructor(deps: BrowserDeps) {
    this.#deps = deps;
  }

  /** The panel's own page of a server, or its first page. Rejects with `PerchError`. */
  async openPanel(account: Pick<Account, 'panelUrl'>, server?: Pick<Server, 'identifier'>): Promise<void> {
    const url = panelPage(account.panelUrl, server?.identifier);
    if (url === null) throw new PerchError(notOpened);
    await this.openPage(url);
  }

  /**
   * Where a person makes a key. The window names the panel, which is not connected yet; that it opens one of two fixed
   * pages there and nothing else is all that it could be made to do.
   */
  async openKeyPage(panelUrl: string, kind: PanelKind): Promise<void> {
    const url = keyPage(panelUrl, kind);
    if (url === null) throw new PerchError(notOpened);
    await this.openPage(url);
  }

  /** A link that a console showed: https only, and only after the person has read where it leads. */
  async openLink(link: string): Promise<void> {
    const url = URL.canParse(link) ? new URL(link) : null;
    if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
      throw new PerchError(notALink);
    }
    const agreed = await this.#deps.ask({
      message: say('desktop.open-link', { host: url.host }),
      detail: say('desktop.open-link-detail', { link: url.href.slice(0, 500) }),
      confirm: say('desktop.open-link-confirm'),
    });
    if (agreed) await this.openPage(url.href);
  }

  /** A page that Perch itself has named. Rejects with `PerchError` where no browser takes it. */
  async openPage(url: string): Promise<void> {
    try {
      await this.#deps.openExternal(url);
    } catch (error) {
      throw new PerchError(notOpened, { cause: error });
    }
  }
}

/** The address of a page on the account's own panel; null where that is no address of the web. */
export function panelPage(panelUrl: string, identifier?: string): string | null {
  if (!URL.canParse(panelUrl)) return null;
  const base = new URL(panelUrl);
  if (base.protocol !== 'https:' && base.protocol !== 'http:') return null;
  base.username = '';
  base.password = '';
  base.search = '';
  base.hash = '';
  const path = base.pathname.replace(/\/+$/, '');
  base.pathname = identifier === undefined ? `${path}/` : `${path}/server/${encodeURIComponent(identifier)}`;
  return base.href;
}

/** PROTOCOL 1.2 */
export function keyPage(panelUrl: string, kind: PanelKind): string | null {
  const first = panelPage(panelUrl);
  if (first === null) return null;
  return new URL(kind === 'pelican' ? 'profile?tab=api-keys::data::tab' : 'account/api', first).href;
}

const notOpened = {
  code: 'internal',
  message: sentence('desktop.no-browser'),
  next: sentence('desktop.no-browser-next'),
} as const;

const notALink = {
  code: 'invalid',
  message: sentence('desktop.not-a-link'),
  next: sentence('desktop.not-a-link-next'),
} as const;
