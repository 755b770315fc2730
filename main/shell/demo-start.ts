import { toProblem } from '../../bridge/errors.js';
import { inEnglish } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import type { Log } from '../base/ports.js';
import type { Windows } from './windows/windows.js';

/** The demo without a click, as `npm run demo` wants it. Never rejects: the window shows the way in otherwise. */
export async function startDemo(
  actions: Pick<Actions, 'demo.start'>,
  windows: Pick<Windows, 'isMainOpen' | 'openMain'>,
  log: Log,
): Promise<void> {
  try {
    await actions['demo.start']();
    // The window opened before there was anything to show but the way in.
    if (windows.isMainOpen) windows.openMain({ kind: 'fleet' });
  } catch (error) {
    const { code, message } = toProblem(error);
    log.error('demo.not-connected', { code, message: inEnglish(message) });
  }
}
