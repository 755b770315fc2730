import { newProblem, type Problem } from '../../bridge/errors.js';
import { isCleartextAddress } from '../../bridge/panel/cleartext.js';
import type { TransferSource } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import type {
  Download,
  OpenDownload,
  SendUpload,
  Trust,
  UploadAnswer,
  UploadRequest,
} from '../base/network-ports.js';
import { TransferBroke } from './transfer-failures.js';

export interface NodeLinksDeps {
  /** Asks the panel for a new link, which is good for one request. Rejects with `PerchError`. */
  readonly link: (source: TransferSource) => Promise<NodeLink>;
  readonly downloads: (trustOf: (host: string) => Trust) => OpenDownload;
  readonly uploads: (trustOf: (host: string) => Trust) => SendUpload;
  readonly trustOf: (accountId: string, host: string) => Trust;
  /** Whether the person agreed to send this panel's tokens to nodes unencrypted. */
  readonly mayBeUnencrypted: (accountId: string) => boolean;
}

/** The request, without its address. */
export type UploadForm = Omit<UploadRequest, 'url' | 'signal'>;

export interface NodeLink {
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

/** Downloads from nodes and uploads to them, each by a new link, by the rules for the live connections to these nodes. */
export class NodeLinks {
  readonly #open = new Set<Open>();

  constructor(private readonly deps: NodeLinksDeps) {}

  async download(source: TransferSource, signal: AbortSignal): Promise<Download> {
    const { url, trustOf, opened } = await this.#link(source, signal);
    const open = this.deps.downloads(trustOf);
    try {
      const answer = await open({ url, signal: AbortSignal.any([signal, opened.abort.signal]) });
      return {
        ...answer,
        close: () => {
          this.#open.delete(opened);
          answer.close();
        },
      };
    } catch (error) {
      this.#open.delete(opened);
      throw error;
    }
  }

  /** Sends a form to the folder of a server; the node makes a missing folder. */
  async upload(
    source: TransferSource,
    { folder, ...form }: UploadForm & { readonly folder: string },
    signal: AbortSignal,
  ): Promise<UploadAnswer> {
    const { url, trustOf, opened } = await this.#link(source, signal);
    const send = this.deps.uploads(trustOf);
    const address = new URL(url);
    address.searchParams.set('directory', folder);
    const both = AbortSignal.any([signal, opened.abort.signal]);
    return send({ ...form, url: address.href, signal: both }).finally(() => this.#open.delete(opened));
  }

  /** An agreement may have been withdrawn: ends the transfers that stand on it. */
  recheck(): void {
    for (const { agreements, agreed, abort } of this.#open) if (agreements() !== agreed) abort.abort();
  }

  /** A new usable link, with the facts that the connection to its node depends on. */
  async #link(source: TransferSource, signal: AbortSignal) {
    const link = await this.deps.link(source);
    signal.throwIfAborted();
    const unsafe = this.#problemOf(link);
    if (unsafe !== null) throw new TransferBroke({ problem: unsafe, retry: 'slow' });
    return {
      url: link.url,
      trustOf: (host: string): Trust => this.deps.trustOf(link.accountId, host),
      opened: this.#opened(link),
    };
  }

  #opened({ url, accountId }: NodeLink): Open {
    const { trustOf, mayBeUnencrypted } = this.deps;
    const { host } = new URL(url);
    const agreements = (): string =>
      `${mayBeUnencrypted(accountId)} ${trustOf(accountId, host).agreed()?.fingerprint ?? ''}`;
    const open: Open = { agreements, agreed: agreements(), abort: new AbortController() };
    this.#open.add(open);
    return open;
  }

  /** Why Perch does not use a link; null = it does. */
  #problemOf({ url, accountId, origin }: NodeLink): Problem | null {
    const { protocol, host } = new URL(URL.canParse(url) ? url : 'about:blank');
    if (protocol !== 'http:' && protocol !== 'https:') {
      return newProblem('protocol', sentence('transfers.bad-link'));
    }
    const isSafe = !origin.startsWith('https:') || !isCleartextAddress(url);
    if (isSafe || this.deps.mayBeUnencrypted(accountId)) return null;
    return newProblem('node-unencrypted', sentence('transfers.unencrypted', { host }));
  }
}
