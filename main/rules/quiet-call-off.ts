/**
 * Calls a quiet backup off whose rule somebody switched off, changed or removed, while players are only warned: the
 * server is still unchanged. A backup that has begun to change the server continues and brings the server back.
 */
import type { Rule } from '../../bridge/schema/rules.js';
import type { RuleState } from './rule-state.js';

export interface QuietCallOffDeps {
  readonly book: { readonly current: readonly Rule[]; listen(listener: () => void): () => void };
  readonly quiet: {
    /** No-op once the quiet backup may have changed the server. */
    callOff(serverId: string): void;
    /** Resolves when no quiet backup of the server is under way. Never rejects. */
    over(serverId: string): Promise<unknown>;
  };
  /** The rule with its runs; undefined = removed. */
  state(ruleId: string): Pick<RuleState, 'offBy'> | undefined;
}

export class QuietCallOff {
  /** Rules of the quiet backups under way, by server. */
  readonly #begun = new Map<string, Pick<Rule, 'id' | 'agreedAt'>>();

  constructor(private readonly deps: QuietCallOffDeps) {}

  /** Returns the function that ends listening. */
  start(): () => void {
    return this.deps.book.listen(() => this.#look());
  }

  /** The rule has begun a quiet backup of this server. */
  begun(serverId: string, { id, agreedAt }: Rule): void {
    const rule = { id, agreedAt };
    this.#begun.set(serverId, rule);
    void this.deps.quiet.over(serverId).then(() => {
      if (this.#begun.get(serverId) === rule) this.#begun.delete(serverId);
    });
    // Somebody may have switched the rule off while the panel was asked for room.
    this.#look();
  }

  #look(): void {
    for (const [serverId, { id, agreedAt }] of this.#begun) {
      const rule = this.deps.book.current.find((one) => one.id === id);
      const isOther = rule === undefined || rule.agreedAt !== agreedAt;
      // A step that switches the rule off comes behind a backup that is meant to be made.
      const isOff = rule?.isOn === false && (this.deps.state(id)?.offBy ?? null) === null;
      if (isOther || isOff) this.deps.quiet.callOff(serverId);
    }
  }
}
