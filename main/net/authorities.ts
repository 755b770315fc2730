import * as tls from 'node:tls';

/** Functions of `node:tls` since Node 22.15 (PLATFORM "Security" 8). */
interface KnowsSystem {
  getCACertificates(of: 'default' | 'system'): string[];
  setDefaultCACertificates(certificates: string[]): void;
}

/**
 * The certificate authorities that Perch trusts: those of Node, then also those of the system if Node can read them.
 * Reading the system's authorities blocks the main thread for up to 100 ms. Perch reads them only when a certificate
 * fails without them, which most users never see.
 */
export class Authorities {
  #context: tls.SecureContext | null = null;
  #hasSystem = false;

  constructor(private readonly node: object = tls) {}

  /** One context for all connections, because each context holds the whole list in memory. */
  get context(): tls.SecureContext {
    this.#context ??= tls.createSecureContext();
    return this.#context;
  }

  /** Adds the system's authorities. False if this adds no authority, so a second attempt is useless. */
  addSystem(): boolean {
    if (this.#hasSystem || !knowsSystem(this.node)) return false;
    this.#hasSystem = true;
    try {
      const known = this.node.getCACertificates('default');
      const all = new Set([...known, ...this.node.getCACertificates('system')]);
      if (all.size === known.length) return false;
      this.node.setDefaultCACertificates([...all]);
      this.#context = null;
      return true;
    } catch {
      // The system's store can't be read; Node's authorities still apply.
      return false;
    }
  }
}

function knowsSystem(node: object): node is KnowsSystem {
  return 'getCACertificates' in node && 'setDefaultCACertificates' in node;
}
