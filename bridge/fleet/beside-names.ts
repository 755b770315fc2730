/**
 * Which names of servers need their panel beside them (LOOK, "Empty, loading, error"): one rule for the tray's menu, the
 * popover and the windows. Pure.
 */
import type { Account, Server } from '../schema/domain.js';
import { oneLine } from '../console/plain-line.js';

/** What of a server decides it: structural, so that a listing of a window is enough. */
export type NamedServer = Pick<Server, 'id' | 'accountId' | 'name' | 'identifier'>;

/** What stands beside a name. All of it is as the panel or the person wrote it, so it may be hostile. */
export interface BesideName {
  /** What the person calls its panel. */
  readonly panel: string;
  /** The server's short id, only where name and panel are another server's as well. */
  readonly identifier: string | null;
  /** The name is that of no other server. */
  readonly isUnique: boolean;
}

/** Longer than any panel takes (PROTOCOL D18). */
const mostOfName = 300;

/**
 * By id of the server; who is not in it is told by the name alone. With several panels every name has its panel beside
 * it, with one those that are not unique.
 */
export function besideNames(
  servers: Iterable<NamedServer>,
  accounts: Iterable<Pick<Account, 'id' | 'label'>>,
): ReadonlyMap<string, BesideName> {
  const panels = new Map([...accounts].map(({ id, label }) => [id, { label, look: lookOf(label) }]));
  const named = [...servers].map(({ id, accountId, name, identifier }) => {
    const { label: panel, look: panelLook } = panels.get(accountId) ?? { label: '', look: '' };
    // A name of which nothing can be seen is shown as its short id.
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

/** `Harbor`, or `Harbor · 1a2b3c4d`; below the title of its panel (`isBelowPanel`) only what that does not say. */
export function besideText(beside: BesideName | undefined, isBelowPanel = false): string {
  if (beside === undefined) return '';
  const parts = [isBelowPanel ? '' : beside.panel, beside.identifier ?? ''];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Both as one text, where they can't stand apart: `Survival · Harbor · 1a2b3c4d`. */
export function nameBeside(name: string, beside: string): string {
  return beside === '' ? name : `${name} · ${beside}`;
}

/** Most names are of such letters, with single spaces; the work for all others would be ten times theirs. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/** The same for two texts that a person takes for the same. */
function lookOf(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return oneLine(text, mostOfName).normalize('NFKC').replace(/\s+/g, ' ').toLowerCase();
}
