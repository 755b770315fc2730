import type { ActionsDeps, ServerDeps } from '../deps.js';
import { sendCommand } from './send-command.js';
import type { CallTable } from '../../base/calls.js';

/** Calls about commands and their history. */
export function commandCalls(deps: ServerDeps & Pick<ActionsDeps, 'histories'>) {
  const { histories } = deps;
  return {
    'command.send': (input) => sendCommand(deps, input),
    'command.history': async ({ serverId }) => ({ commands: [...(await histories.of(serverId))] }),
    'command.forgetHistory': ({ serverId }) => histories.forget(serverId),
    'command.forget': ({ serverId, command }) => histories.forgetCommand(serverId, command),
  } satisfies CallTable;
}
