/** Power of a change of settings: most settings have none, but some decide what Perch asks, sends or stores. */
import type { HandlerInput } from '../../bridge/schema/contract.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { givesRules } from './group-power.js';
import type { Powers } from './power.js';
import { actionSentence } from './power-targets.js';

export const warningTarget = 'warning';

export const settingsPowers = {
  'settings.update': {
    target: (patch) => (isWarningAlone(patch) ? warningTarget : 'settings'),
    action: () => actionSentence('settings'),
    when: (patch, known) => hasPower(patch, known.settings) || givesRules(patch, known),
  },
} satisfies Powers;

/**
 * True if the patch names the warning for players and no other setting. The window saves the warning text after the
 * warning was sent, when the press may be too old.
 */
function isWarningAlone(patch: HandlerInput<'settings.update'>): boolean {
  const named = Object.entries(patch).filter(([, value]) => value !== undefined);
  return named.every(([name]) => name === 'restartWarning');
}

/** True if the patch changes a setting with power: which questions are asked, stored commands, updates, or where logs go. */
function hasPower(patch: HandlerInput<'settings.update'>, now: Settings): boolean {
  const { confirmStop, confirmRestart, snippets, restartWarning, quietBackups, playerVerbs, updates } = patch;
  const { logService } = patch;
  const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  return (
    (confirmStop === false && now.confirmStop) ||
    (confirmRestart === false && now.confirmRestart) ||
    (snippets !== undefined && !isSame(snippets, now.snippets)) ||
    (restartWarning !== undefined && !isSame(restartWarning, now.restartWarning)) ||
    (playerVerbs !== undefined && !isSame(playerVerbs, now.playerVerbs)) ||
    // The next quiet backup could stop the server.
    (quietBackups !== undefined && !isSame(quietBackups, now.quietBackups)) ||
    (updates !== undefined && !isSame(updates, now.updates)) ||
    // The next shared log would go elsewhere.
    (logService !== undefined && logService !== now.logService)
  );
}
