/** Actions on a server that the palette offers, and their words. */
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { View } from '../../../bridge/schema/view.js';
import { say } from '../../../messages/messages.js';
import { signalIcons, type IconName } from '../../ui/drawings/icons.js';
import type { PaletteChoice } from './palette-entry.js';

type ServerTab = NonNullable<Extract<View, { kind: 'server' }>['tab']>;

export interface PaletteVerb {
  readonly id: PowerSignal | ServerTab | 'warn' | 'look-for-file' | 'copy' | 'open';
  readonly icon: IconName;
  choice(serverId: string): PaletteChoice;
}

const power = (signal: PowerSignal): PaletteVerb => ({
  id: signal,
  icon: signalIcons[signal],
  choice: (serverId) => ({ kind: 'power', signal, serverId }),
});

const tabVerb = (tab: ServerTab, icon: IconName): PaletteVerb => ({
  id: tab,
  icon,
  choice: (serverId) => ({ kind: 'go', view: { kind: 'server', serverId, tab } }),
});

/** Kill is last, apart from Stop. */
export const paletteVerbs: readonly PaletteVerb[] = [
  power('start'),
  power('stop'),
  power('restart'),
  { id: 'warn', icon: 'restart', choice: (serverId) => ({ kind: 'warn', serverId }) },
  tabVerb('console', 'console'),
  tabVerb('players', 'people'),
  tabVerb('files', 'group'),
  {
    id: 'look-for-file',
    icon: 'search',
    choice: (serverId) => ({ kind: 'look-for-file', serverId }),
  },
  tabVerb('events', 'clock'),
  tabVerb('backups', 'archive'),
  tabVerb('schedules', 'calendar'),
  tabVerb('network', 'network'),
  tabVerb('databases', 'database'),
  tabVerb('people', 'people'),
  tabVerb('startup', 'power'),
  tabVerb('settings', 'settings'),
  { id: 'copy', icon: 'copy', choice: (serverId) => ({ kind: 'copy-address', serverId }) },
  { id: 'open', icon: 'external', choice: (serverId) => ({ kind: 'open-panel', serverId }) },
  power('kill'),
];

/** Action and server, in the order of the language. */
export function verbLabel({ id }: PaletteVerb, server: string): string {
  return say(`palette.${id}`, { server });
}

/** The action alone. */
export function verbWord({ id }: PaletteVerb): string {
  switch (id) {
    case 'start':
    case 'stop':
    case 'restart':
    case 'kill':
      return say(`signals.${id}`);
    case 'warn':
      return say('warned.menu');
    case 'look-for-file':
      return say('palette.find-file');
    case 'copy':
      return say('arranging.copy-address');
    case 'open':
      return say('server.open-panel');
    default:
      return say(`server.${id}`);
  }
}
