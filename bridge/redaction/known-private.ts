import { bareHost } from '../panel/bare-host.js';
import type { Account, Server } from '../schema/domain.js';
import type { Startup } from '../schema/startup.js';
import type { KnownPrivate } from './private-kinds.js';
import { isSecretName } from './secret-names.js';
import { isOrdinary, secretsIn } from './secret-texts.js';
import { writtenForms } from './written-forms.js';

/** Private texts that Perch knows of a server: its panel, the nodes of that panel, and secrets of its startup. */
export function knownPrivate(
  server: Server,
  account: Account | undefined,
  others: readonly Server[],
  startup: Startup | null,
): KnownPrivate {
  const ofPanel = [server, ...others.filter(({ accountId }) => accountId === server.accountId)];
  return {
    names: [
      ...new Set([account?.label ?? '', ...ofPanel.map(({ node }) => node), server.uuid, server.identifier]),
    ],
    hosts: [...new Set([hostOf(account?.panelUrl ?? ''), ...ofPanel.flatMap(hostsOf)])],
    users: account?.user === null || account === undefined ? [] : [account.user.username],
    secrets: startup === null ? [] : secretValues(startup),
  };
}

function hostsOf({ sftp, allocations }: Server): string[] {
  return [sftp?.host ?? '', ...allocations.flatMap(({ alias, ip }) => [alias ?? '', ip])].map(bareHost);
}

function hostOf(url: string): string {
  return /^https?:\/\/([^/:]+)/i.exec(url)?.[1] ?? '';
}

/** Values of startup variables that their names or their form give away, as programs write them. */
function secretValues({ variables, command }: Startup): string[] {
  const values = variables.flatMap(({ envVariable, name, serverValue, defaultValue }) => {
    const both = [serverValue ?? '', defaultValue];
    const isSecret = isSecretName(envVariable) || isSecretName(name);
    return isSecret ? both : both.flatMap(secretsIn);
  });
  const secrets = [...values, ...secretsIn(command)].filter(
    (value) => value.length > 3 && !isOrdinary(value),
  );
  return [...new Set(secrets.flatMap(writtenForms))];
}
