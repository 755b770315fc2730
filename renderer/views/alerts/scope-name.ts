import type { AlertScope } from '../../../bridge/schema/alerts.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import type { WindowState } from '../../state/context.js';

/** Name of a scope; null if it is currently not listed. */
export function nameOfScope(
  { kind, id }: AlertScope,
  { groups }: Pick<Settings, 'groups'>,
  fleet: Pick<WindowState['fleet'], 'server' | 'account'>,
): string | null {
  switch (kind) {
    case 'server':
      return fleet.server(id)?.name ?? null;
    case 'group':
      return groups.find((group) => group.id === id)?.name ?? null;
    case 'panel':
      return fleet.account(id)?.label ?? null;
  }
}
