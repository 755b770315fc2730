import * as tls from 'node:tls';

/** What Node has since 22.15 (PLATFORM "Security" 8). */
interface KnowsSystem {
  getCACertificates(of: 'default' | 'system'): string[];
  setDefaultCACertificates(certificates: string[]): void;
}

/**
 * Who vouches for certificates: the authorities that Node brings, and those of the system beside them, where Node can
 * read these. That takes up to 100 ms in which nothing else runs, so it waits for the first certificate that the
 * others do not vouch for, which most people never meet.
 */
export class Authorities {
  readonly #node: object;
  #context: tls.SecureContext | null = null;
  #hasSystem = false;

  constructor(node: object = tls) {
    this.#node = node;
  }

  /** One for all connections: each of its own would hold the list again. */
  get context(): tls.SecureContext {
    this.#context ??= tls.createSecureContext();
    return this.#context;
  }

  /** Takes in the system's; false where there is nothing new, so that trying again is useless. */
  addSystem(): boolean {
    if (this.#hasSystem || !knowsSystem(this.#node)) return false;
    this.#hasSystem = true;
    try {
      const known = this.#node.getCACertificates('default');
      const all = new Set([...known, ...this.#node.getCACertificates('system')]);
      if (all.size === known.length) return false;
      this.#node.setDefaultCACertificates([...all]);
      this.#context = null;
      return true;
    } catch {
      // A store that can't be read vouches for nobody; those that Node brings still do.
      return false;
    }
  }
}

function knowsSystem(node: object): node is KnowsSystem {
  return 'getCACertificates' in node && 'setDefaultCACertificates' in node;
}
