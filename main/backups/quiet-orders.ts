/** Orders of `quiet-sequence.ts` on a real server: commands, power signals, and the backup on the panel. */
import { toProblem } from '../../bridge/errors.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { broadcastCommand } from '../../bridge/players/broadcasts.js';
import { sayingCommand, timeMark, warningText } from '../../bridge/settings/warning.js';
import { say } from '../../messages/messages.js';
import type { FleetStore } from '../fleet/store.js';
import type { Backups } from './backups.js';
import type { QuietRun, WantedBackup } from './quiet-run.js';
import type { QuietFact, QuietOrder } from './quiet-state.js';

export interface QuietOrdersDeps {
  readonly store: Pick<FleetStore, 'state'>;
  readonly settings: { readonly current: Pick<Settings, 'restartWarning'> };
  readonly backups: Pick<Backups, 'read' | 'whenEnded'>;
  sendCommand(serverId: string, command: string): Promise<unknown>;
  sendPower(serverId: string, signal: PowerSignal): Promise<unknown>;
  create(wanted: WantedBackup): Promise<Backup>;
}

export interface QuietErrand {
  readonly orders: readonly QuietOrder[];
  /** Settles once the debt to the server is on disk; null = no new debt. */
  readonly saved: Promise<void> | null;
  /** Takes the outcome of each order. */
  readonly take: (fact: QuietFact) => void;
}

/** Carries orders out one after the other, as long as it is their turn. Never rejects. */
export async function carryOutAll(
  deps: QuietOrdersDeps,
  run: QuietRun,
  { orders, saved, take }: QuietErrand,
): Promise<void> {
  const { turn } = run.state;
  const tell = (fact: QuietFact): void => {
    if (run.state.turn === turn) take(fact);
  };
  try {
    await saved;
    for (const order of orders) {
      if (run.state.turn !== turn) return;
      tell(await carryOut(deps, run, order));
    }
  } catch (error) {
    tell({ kind: 'refused', problem: toProblem(error) });
  }
}

/** Resolves with what came of an order. Rejects with `PerchError` if the order was refused. */
async function carryOut(deps: QuietOrdersDeps, run: QuietRun, order: QuietOrder): Promise<QuietFact> {
  const { serverId } = run.wanted;
  switch (order.kind) {
    case 'warn':
      await sayTo(deps, serverId, warning(order.leftMs));
      break;
    case 'call-off':
      await sayTo(deps, serverId, say('quiet.called-off'));
      break;
    case 'command':
      await deps.sendCommand(serverId, order.command);
      break;
    case 'power':
      await deps.sendPower(serverId, order.signal);
      break;
    case 'create':
      run.backup = await deps.create(run.wanted);
      return { kind: 'made', backup: run.backup.id };
    case 'follow':
      return { kind: 'ended', isGood: await isGood(deps, run, order.backup) };
    default:
  }
  return { kind: 'accepted' };
}

function sayTo(
  { store, settings, sendCommand }: QuietOrdersDeps,
  serverId: string,
  text: string,
): Promise<unknown> {
  const game = store.state.servers.get(serverId)?.game ?? null;
  const command = settings.current.restartWarning.commands[serverId] ?? broadcastCommand(game);
  return sendCommand(serverId, sayingCommand(command, text, game));
}

/** Resolves when the backup has ended. The end may have come before the panel's answer to the creation. */
async function isGood({ backups }: QuietOrdersDeps, run: QuietRun, id: string): Promise<boolean> {
  const { serverId } = run.wanted;
  const find = async (): Promise<Backup | undefined> =>
    (await backups.read(serverId)).backups.find((backup) => backup.id === id);
  const known = run.backup ?? (await find());
  if (known === undefined) return false;
  const { ended, stop } = backups.whenEnded(serverId, known);
  run.untilOver(stop);
  const seen = run.backup === null ? known : await find().catch(() => known);
  if (seen?.state === 'running') return (await ended)?.state === 'good';
  return seen?.state === 'good';
}

function warning(leftMs: number | null): string {
  return leftMs === null ? say('quiet.soon') : warningText(say('quiet.stops', { time: timeMark }), leftMs);
}
