/** What one signal to many servers is called. */
import type { BulkItem, PowerSignal } from '../../../bridge/domain.js';
import type { IconName } from '../../ui/icons.js';

export const verbs: Record<
  PowerSignal,
  { readonly ask: string; readonly doing: string; readonly lost: string }
> = {
  start: { ask: 'Start', doing: 'Starting', lost: '' },
  stop: { ask: 'Stop', doing: 'Stopping', lost: 'Everybody who is connected is thrown out.' },
  restart: {
    ask: 'Restart',
    doing: 'Restarting',
    lost: 'Everybody who is connected is thrown out until they are back.',
  },
  kill: {
    ask: 'Kill',
    doing: 'Killing',
    lost: 'The processes end at once and save nothing: what happened since their last save is lost.',
  },
};

/** `icon` null = a circle: its turn is still to come. */
export const outcomes: Record<
  BulkItem['outcome'],
  { readonly word: string; readonly icon: IconName | null }
> = {
  waiting: { word: 'waiting', icon: null },
  sent: { word: 'sent ...', icon: null },
  done: { word: 'done', icon: 'check' },
  failed: { word: 'failed', icon: 'alert' },
  skipped: { word: 'skipped', icon: 'clear' },
  cancelled: { word: 'cancelled', icon: 'clear' },
};

export function servers(count: number): string {
  return count === 1 ? '1 server' : `${new Intl.NumberFormat('en').format(count)} servers`;
}
