import type { Server } from '../../bridge/schema/domain.js';
import type { Interests } from '../fleet/interests.js';

/** How much of a server the user sees: its players, its row or console, or nothing. */
export type Sight = 'players' | 'row' | 'none';

/** Servers that the user looks at: their row, their console or their players. */
export class ServersInSight {
  /** Servers whose players windows show, with the number of windows. */
  readonly #shown = new Map<string, number>();

  constructor(private readonly interests: Pick<Interests, 'isVisible' | 'isOpen'>) {}

  /** A window shows the players of this server. Call the returned function when the window stops showing them. */
  show(serverId: string): () => void {
    this.#shown.set(serverId, (this.#shown.get(serverId) ?? 0) + 1);
    return () => {
      const left = (this.#shown.get(serverId) ?? 1) - 1;
      if (left > 0) this.#shown.set(serverId, left);
      else this.#shown.delete(serverId);
    };
  }

  /** Whether a row of a server is in sight. */
  has(rows: readonly Server[]): boolean {
    return this.of(rows) !== 'none';
  }

  /** How much of a server the user sees. */
  of(rows: readonly Server[]): Sight {
    const { interests } = this;
    if (rows.some(({ id }) => this.#shown.has(id))) return 'players';
    return rows.some(({ id }) => interests.isVisible(id) || interests.isOpen(id)) ? 'row' : 'none';
  }
}
