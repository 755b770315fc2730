import { newProblem, type Problem } from '../../bridge/errors.js';
import { isCleartextAddress } from '../../bridge/panel/cleartext.js';
import type { TransferSource } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import type { Download, OpenDownload, Trust } from '../base/network-ports.js';
import { TransferBroke } from './transfer-failures.js';

export interface NodeDownloadsDeps {
  /** Asks the panel for a new link, which is good once. Rejects with `PerchError`. */
  readonly link: (source: TransferSource) => Promise<DownloadLink>;
  readonly downloads: (trustOf: (host: string) => Trust) => OpenDownload;
  readonly trustOf: (accountId: string, host: string) => Trust;
  /** Whether the person agreed to send this panel's tokens to nodes unencrypted. */
  readonly mayBeUnencrypted: (accountId: string) => boolean;
}

export interface DownloadLink {
  readonly url: string;
  readonly accountId: string;
  /** The panel's origin. */
  readonly origin: string;
}

interface Open {
  /** Words for the agreements that the connection stands on. */
  readonly agreements: () => string;
  readonly agreed: string;
  readonly abort: AbortController;
}

/** Downloads from the nodes of servers, each by a new link, by the rules for the live connections to these nodes. */
export class NodeDownloads {
  readonly #open = new Set<Open>();

  constructor(private readonly deps: NodeDownloadsDeps) {}

  async download(source: TransferSource, signal: AbortSignal): Promise<Download> {
    const link = await this.deps.link(source);
    signal.throwIfAborted();
    const unsafe = this.#problemOf(link);
    if (unsafe !== null) throw new TransferBroke({ problem: unsafe, retry: 'slow' });
    const { trustOf, downloads } = this.deps;
    const open = downloads((host) => trustOf(link.accountId, host));
    const known = this.#opened(link);
    try {
      const answer = await open({ url: link.url, signal: AbortSignal.any([signal, known.abort.signal]) });
      return {
        ...answer,
        close: () => {
          this.#open.delete(known);
          answer.close();
        },
      };
    } catch (error) {
      this.#open.delete(known);
      throw error;
    }
  }

  /** An agreement may have been withdrawn: ends the downloads that stand on it. */
  recheck(): void {
    for (const { agreements, agreed, abort } of this.#open) if (agreements() !== agreed) abort.abort();
  }

  #opened({ url, accountId }: DownloadLink): Open {
    const { trustOf, mayBeUnencrypted } = this.deps;
    const { host } = new URL(url);
    const agreements = (): string =>
      `${mayBeUnencrypted(accountId)} ${trustOf(accountId, host).agreed()?.fingerprint ?? ''}`;
    const open: Open = { agreements, agreed: agreements(), abort: new AbortController() };
    this.#open.add(open);
    return open;
  }

  /** Why Perch does not use a link; null = it does. */
  #problemOf({ url, accountId, origin }: DownloadLink): Problem | null {
    const { protocol, host } = new URL(URL.canParse(url) ? url : 'about:blank');
    if (protocol !== 'http:' && protocol !== 'https:') {
      return newProblem('protocol', sentence('transfers.bad-link'));
    }
    const isSafe = !origin.startsWith('https:') || !isCleartextAddress(url);
    if (isSafe || this.deps.mayBeUnencrypted(accountId)) return null;
    return newProblem('node-unencrypted', sentence('transfers.unencrypted', { host }));
  }
}
