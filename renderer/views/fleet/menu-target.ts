/** Data and actions of the menus of servers and groups. */
import type { AlertScope, AlertSettings } from '../../../bridge/schema/alerts.js';
import type { PowerSignal, Server } from '../../../bridge/schema/domain.js';
import type { WindowState } from '../../state/context.js';
import type { PlannedAction } from '../../state/fleet/bulk-plan.js';

export type MenuState = Pick<
  WindowState,
  'client' | 'power' | 'settings' | 'navigation' | 'now' | 'forms' | 'quiet' | 'broadcastForm'
>;

export type GroupQuestion =
  | { readonly kind: 'new'; readonly serverIds: readonly string[] }
  | { readonly kind: 'rename'; readonly groupId: string; readonly name: string }
  | { readonly kind: 'delete'; readonly groupId: string; readonly name: string };

/** The part of the fleet view that its menus act on. */
export interface MenuTarget {
  readonly bulk: { readonly isUnderWay: boolean };
  readonly bulkPlanning: { ask(action: PlannedAction, servers: readonly Server[]): void };
  alertQuestion: AlertScope | null;
  backupRuleQuestion: { readonly scope: AlertScope | null } | null;
  groupQuestion: GroupQuestion | null;
  reportOf: string | null;
  power(signal: PowerSignal, serverIds: readonly string[]): void;
  changeAlerts(change: (alerts: AlertSettings) => AlertSettings): void;
  togglePins(serverIds: readonly string[]): void;
  regroup(serverIds: readonly string[], groupId: string | null): void;
  stepGroup(groupId: string, by: 1 | -1): void;
  fold(groupId: string): void;
  server(id: string): Server | undefined;
}
