import type { Account, PowerSignal, Server } from '../../../bridge/schema/domain.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { awayQuestion } from '../../../bridge/panel/permissions.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { say, spoken } from '../../../messages/messages.js';
import type { Question } from '../../base/question.js';

/**
 * Question before a power signal from outside the windows (LOOK, "Danger asks"); null = none.
 *
 * `beside` = text that distinguishes servers of the same name. `account` = the server's account: if its panel does not
 * answer, start and restart need a question.
 */
export function powerQuestion(
  signal: PowerSignal,
  server: Pick<Server, 'name'>,
  settings: Pick<Settings, 'confirmStop' | 'confirmRestart'>,
  { beside = '', account }: { beside?: string; account?: Pick<Account, 'state' | 'label'> | undefined } = {},
): Question | null {
  const away = awayQuestion(signal, account);
  const isAsked =
    signal === 'kill' ||
    (signal === 'stop' && settings.confirmStop) ||
    (signal === 'restart' && settings.confirmRestart) ||
    away !== null;
  if (!isAsked) return null;
  const name = [oneLine(server.name, 60), oneLine(beside, 60)].filter((part) => part !== '').join(' — ');
  return {
    message: say(`power.ask-${signal}`, { server: name }),
    ...(away !== null && (signal === 'start' || signal === 'restart')
      ? {
          detail: oneLine(spoken(away), 400),
          confirm: say(`power.${signal}-anyway`),
        }
      : { detail: signal === 'start' ? '' : say(`power.lost-${signal}`), confirm: say(`signals.${signal}`) }),
  };
}
