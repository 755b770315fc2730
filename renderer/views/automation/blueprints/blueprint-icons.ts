/** The icon of each blueprint. */
import type { BlueprintId } from '../../../../bridge/rules/blueprints/blueprint.js';
import type { IconName } from '../../../ui/drawings/icons.js';

export const blueprintIcons: Readonly<Record<BlueprintId, IconName>> = {
  'nightly-restart': 'restart',
  'quiet-backup': 'archive',
  'crash-guard': 'alert',
  'stop-when-empty': 'people',
  'restart-on-memory': 'chart',
  'low-disk': 'save',
  'start-after-outage': 'power',
  'start-in-order': 'play',
  'weekend-hours': 'clock',
};
