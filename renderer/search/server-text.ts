/** Search texts of a server. Pure. */
import type { Account, Allocation, Server } from '../../bridge/schema/domain.js';
import { hostAndPort } from '../../bridge/text/host-and-port.js';
import type { Findable } from './find.js';
import { foldText, panelOf, wordsOf } from './words.js';

export interface ServerFacts {
  readonly server: Readonly<
    Pick<
      Server,
      'id' | 'accountId' | 'uuid' | 'identifier' | 'name' | 'description' | 'node' | 'egg' | 'allocations'
    >
  >;
  readonly account: Pick<Account, 'label' | 'panelUrl'> | undefined;
  /** Name of the server's group. */
  readonly group: string | undefined;
  /** The state as a word for people: `running`. */
  readonly state: string;
}

export interface ServerText extends Findable {
  readonly id: string;
  /** The name as written. */
  readonly title: string;
}

export function serverText({ server, account, group = '', state }: ServerFacts): ServerText {
  const name = wordsOf(server.name).join(' ');
  const description = foldText(server.description);
  const labels = [server.node, server.egg ?? '', account?.label ?? '', group, state].map(foldText).join('\n');
  const addresses = server.allocations.flatMap(addressesOf);
  const serverIds = [foldText(server.identifier), foldText(server.uuid)];
  return {
    id: server.id,
    title: server.name,
    name,
    description,
    labels,
    addresses: addresses.join('\n'),
    ids: serverIds.join('\n'),
    spoken: [name, description, labels].join('\n'),
    exact: new Set([...addresses, ...serverIds]),
    page: account === undefined ? null : { panel: panelOf(account.panelUrl), serverIds },
  };
}

/** Hosts of an allocation (address and alias), with and without the port. */
function addressesOf({ ip, alias, port }: Allocation): string[] {
  const hosts = alias === null ? [ip] : [alias, ip];
  return hosts.flatMap((host) => [host, hostAndPort(host, port)]).map(foldText);
}
