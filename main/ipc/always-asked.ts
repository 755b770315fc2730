/**
 * Questions that Perch asks in a native dialog, with or without a press. A page that an attacker controls could wait
 * for a press and use it.
 */
import { mayDeleteMore } from '../../bridge/backups/backup-rules.js';
import type { HandlerInput } from '../../bridge/schema/contract.js';
import { typedAddress } from '../../bridge/panel/typed-address.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { longestText } from '../../bridge/players/player-verbs.js';
import { say } from '../../messages/messages.js';
import { channelAddress } from '../base/channel-address.js';
import type { Question } from '../base/question.js';
import { knownServerName, ofAccount, type Known } from './known-names.js';

/** Most servers that a bulk stop, restart or message may take without a question. */
const mostUnasked = 20;

/**
 * Asks before a key is sent to an address without an account. `key` = null: the key is on the clipboard, and no window
 * has seen it.
 */
export function keyQuestion({ url, key }: HandlerInput<'accounts.add'>, { fleet }: Known): Question | null {
  if (key !== null) return null;
  const origin = originOf(url);
  // The call refuses an invalid address before any request.
  if (origin === null) return null;
  const isKnown = [...fleet.accounts.values()].some(({ panelUrl }) => originOf(panelUrl) === origin);
  if (isKnown) return null;
  return hostQuestion('send-key', origin);
}

export function proxyQuestion(
  { use, own }: HandlerInput<'network.setProxy'>,
  { settings }: Known,
): Question | null {
  const before = settings.proxy;
  const next = own ?? before.own;
  if (use !== 'own' || next === null) return null;
  const isSame = before.own?.host === next.host && before.own.port === next.port;
  if (isSame && before.use === 'own') return null;
  return hostQuestion('use-proxy', `${next.host.slice(0, 200)}:${next.port}`);
}

/** Asks before notifications go to an address. The call refuses an invalid address before any request. */
export function channelQuestion({ kind, address }: HandlerInput<'channels.add'>): Question | null {
  const kept = channelAddress(kind, address);
  return kept === null ? null : hostQuestion('use-channel', new URL(kept).host.slice(0, 200));
}

function hostQuestion(id: 'send-key' | 'use-proxy' | 'use-channel', host: string): Question {
  return {
    message: say(`guard.${id}`, { host }),
    detail: say(`guard.${id}-detail`),
    confirm: say(`guard.${id}-go`),
  };
}

export function unencryptedQuestion(
  { accountId }: HandlerInput<'accounts.allowUnencrypted'>,
  known: Known,
): Question {
  return {
    message: say('guard.unencrypted', { panel: ofAccount(known, accountId) }),
    detail: say('guard.unencrypted-detail'),
    confirm: say('guard.unencrypted-go'),
  };
}

export function bulkQuestion({
  serverIds,
  action,
  text = '',
  schedule,
  access,
}: HandlerInput<'bulk.start'>): Question | null {
  const count = new Set(serverIds).size;
  if (action === 'start' || action === 'back-up') return null;
  if (count < 2 || (action !== 'kill' && count <= mostUnasked)) return null;
  return {
    message: say(`guard.many-${action}`, { count }),
    detail: bulkDetail({ action, text, schedule, access }),
    confirm: isSignal(action) ? say(`signals.${action}`) : say(goWords[action]),
  };
}

const goWords = {
  message: 'broadcast.go',
  'copy-schedule': 'schedules.copy-go',
  'give-access': 'guard.give-access-go',
  'take-access': 'guard.take-access-go',
} as const;

function isSignal<Action extends string>(action: Action): action is Exclude<Action, keyof typeof goWords> {
  return !Object.hasOwn(goWords, action);
}

function bulkDetail({
  action,
  text = '',
  schedule,
  access,
}: Pick<HandlerInput<'bulk.start'>, 'action' | 'text' | 'schedule' | 'access'>): string {
  if (action === 'message') return oneLine(text, longestText);
  if (action === 'copy-schedule') return oneLine(schedule?.fields.name ?? '', 120);
  if (action === 'give-access' || action === 'take-access') return oneLine(access?.email ?? '', 200);
  return action === 'start' ? '' : say(`bulk.lost-${action}`);
}

/** Asks before Perch deletes backups by a rule that it keeps now. */
export function backupRulesQuestion(
  { scope, choices }: HandlerInput<'backupRules.set'>,
  known: Known,
): Question | null {
  if (!mayDeleteMore(known.settings.backupRules, scope, choices)) return null;
  return {
    message: say(`guard.backup-rules-${scope?.kind ?? 'all'}`, { name: scopeName(scope, known) }),
    detail: say('guard.backup-rules-detail'),
    confirm: say('guard.backup-rules-go'),
  };
}

function scopeName(scope: HandlerInput<'backupRules.set'>['scope'], known: Known): string {
  if (scope === null) return '';
  if (scope.kind === 'server') return knownServerName(known, scope.id);
  if (scope.kind === 'panel') return ofAccount(known, scope.id);
  const group = known.settings.groups.find(({ id }) => id === scope.id);
  return oneLine(group?.name ?? scope.id, 100);
}

/** Origin of a typed address; null = invalid. */
function originOf(typed: string): string | null {
  const address = typedAddress(typed);
  return URL.canParse(address) ? new URL(address).origin : null;
}
