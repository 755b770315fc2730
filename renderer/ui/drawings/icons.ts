/** Icons by name, and their names. */
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import * as all from './icon-set.js';

export type IconName = keyof typeof all;

export const icons: Readonly<typeof all> = all;

export const signalIcons: Readonly<Record<PowerSignal, IconName>> = {
  start: 'play',
  stop: 'stop',
  restart: 'restart',
  kill: 'kill',
};
