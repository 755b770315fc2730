/** Cache of the servers' search texts; rebuilds only the texts of changed servers. */
import { serverText, type ServerFacts, type ServerText } from './server-text.js';

interface Kept {
  readonly facts: ServerFacts;
  readonly text: ServerText;
}

export class KeptTexts {
  #byServer: ReadonlyMap<string, Kept> = new Map();
  #texts: readonly ServerText[] = [];

  /** Search texts in the order of the facts. Returns the same array as before if nothing changed. */
  of(facts: readonly ServerFacts[]): readonly ServerText[] {
    const kept = facts.map((one) => this.#keep(one));
    this.#byServer = new Map(kept.map((one) => [one.facts.server.id, one]));
    const isSame =
      kept.length === this.#texts.length && kept.every(({ text }, at) => text === this.#texts[at]);
    if (!isSame) this.#texts = kept.map(({ text }) => text);
    return this.#texts;
  }

  #keep(facts: ServerFacts): Kept {
    const known = this.#byServer.get(facts.server.id);
    return known !== undefined && isSame(known.facts, facts) ? known : { facts, text: serverText(facts) };
  }
}

/** Compares by identity: an unchanged server keeps its object. */
function isSame(some: ServerFacts, others: ServerFacts): boolean {
  return (
    some.server === others.server &&
    some.state === others.state &&
    some.group === others.group &&
    some.account?.label === others.account?.label &&
    some.account?.panelUrl === others.account?.panelUrl
  );
}
