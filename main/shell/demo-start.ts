import { toProblem } from '../../bridge/errors.js';
import { inEnglish } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import type { Log } from '../base/ports.js';
import type { Windows } from './windows/windows.js';

/**
 * Starts the demo without a click, for `npm run demo`. Never rejects: after a failure the window shows the welcome
 * view.
 */
export async function openDemo(
  actions: Pick<Actions, 'demo.start'>,
  windows: Pick<Windows, 'isMainOpen' | 'openMain'>,
  log: Log,
): Promise<void> {
  try {
    await actions['demo.start']();
    // The window may still show the welcome view from before the demo.
    if (windows.isMainOpen) windows.openMain({ kind: 'fleet' });
  } catch (error) {
    const { code, message } = toProblem(error);
    log.error('demo.not-connected', { code, message: inEnglish(message) });
  }
}
