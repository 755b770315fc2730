/**
 * Adds the panel's name to server names that are ambiguous (LOOK, "Empty, loading, error").
 * The tray menu, the popover and the windows share this rule. Pure functions.
 */
import type { Account, Server } from '../schema/domain.js';
import { oneLine } from '../console/plain-line.js';

/** The fields of a server that decide whether its name is ambiguous. Structural, so a window's list row is enough. */
export type NamedServer = Pick<Server, 'id' | 'accountId' | 'name' | 'identifier'>;

/** Text beside a server's name. Panel name and identifier are hostile text. */
export interface BesideName {
  /** The user's label for the panel. */
  readonly panel: string;
  /** The server's short id, only if another server has the same name and panel. */
  readonly identifier: string | null;
  /** True if no other server has this name. */
  readonly isUnique: boolean;
}

/** Characters of a name that are compared: more than a panel accepts in any name (PROTOCOL D18). */
const mostOfName = 300;

/**
 * Text beside each name, by server id; a server without an entry is shown by its name alone.
 * With several panels every name gets its panel; with one panel only ambiguous names do.
 */
export function besideNames(
  servers: Iterable<NamedServer>,
  accounts: Iterable<Pick<Account, 'id' | 'label'>>,
): ReadonlyMap<string, BesideName> {
  const panels = new Map([...accounts].map(({ id, label }) => [id, { label, look: lookOf(label) }]));
  const named = [...servers].map(({ id, accountId, name, identifier }) => {
    const { label: panel, look: panelLook } = panels.get(accountId) ?? { label: '', look: '' };
    // A name without a visible character is shown as the short id.
    const look = lookOf(name) || identifier;
    return { id, identifier, panel, look, withPanel: `${look}\n${panelLook}` };
  });
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { look, withPanel } of named) [look, withPanel].forEach(count);
  const isShared = (key: string): boolean => (counts.get(key) ?? 0) > 1;
  return new Map(
    named
      .filter(({ look }) => panels.size > 1 || isShared(look))
      .map(({ id, look, panel, identifier, withPanel }) => [
        id,
        { panel, identifier: isShared(withPanel) ? identifier : null, isUnique: !isShared(look) },
      ]),
  );
}

/** `Harbor`, or `Harbor · 1a2b3c4d`. With `isBelowPanel` (list under the panel's title) only the short id. */
export function besideText(beside: BesideName | undefined, isBelowPanel = false): string {
  if (beside === undefined) return '';
  const parts = [isBelowPanel ? '' : beside.panel, beside.identifier ?? ''];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Name and addition in one text: `Survival · Harbor · 1a2b3c4d`. */
export function nameBeside(name: string, beside: string): string {
  return beside === '' ? name : `${name} · ${beside}`;
}

/** Fast path: most names are printable ASCII with single spaces; other names take ten times as long. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/** Normalised form of a text; equal for texts that look the same to a reader. */
function lookOf(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return oneLine(text, mostOfName).normalize('NFKC').replace(/\s+/g, ' ').toLowerCase();
}
