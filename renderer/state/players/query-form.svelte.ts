import { bareHost } from '../../../bridge/panel/bare-host.js';
import { queryHost, type QueryProtocolId } from '../../../bridge/panel/query-protocols.js';
import type { QueryChoice } from '../../../bridge/schema/players.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

const none: QueryChoice = { protocol: null, host: null, port: null, isOff: false };

/** The form for the questions to the game of one server. An empty field means that Perch finds the value itself. */
export class QueryForm {
  readonly task = new Task();
  isOn = $state(true);
  protocol = $state<QueryProtocolId | null>(null);
  host = $state('');
  port = $state('');
  readonly #before: QueryChoice;

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    before: QueryChoice | null,
  ) {
    this.#before = before ?? none;
    this.#show(this.#before);
  }

  readonly isHostWrong = $derived(this.host.trim() !== '' && hostOf(this.host) === null);
  readonly isPortWrong = $derived(this.port.trim() !== '' && portOf(this.port) === null);
  readonly isEdited = $derived.by(() => {
    const { protocol, host, port, isOff } = this.#before;
    return (
      this.isOn === isOff ||
      this.protocol !== protocol ||
      this.host.trim() !== (host ?? '') ||
      this.port.trim() !== (port?.toString() ?? '')
    );
  });

  /** Empties the fields. Questions stay on or off. */
  clear(): void {
    this.#show({ ...none, isOff: !this.isOn });
  }

  /** Resolves with true if main took the choice. */
  async save(): Promise<boolean> {
    if (this.isHostWrong || this.isPortWrong || this.task.isRunning) return false;
    if (!this.isEdited) return true;
    const choice: QueryChoice = {
      protocol: this.protocol,
      host: hostOf(this.host),
      port: portOf(this.port),
      isOff: !this.isOn,
    };
    const answer = await this.task.run(() =>
      this.client.call('players.setQuery', { serverId: this.serverId, ...choice }),
    );
    return answer !== null;
  }

  #show({ protocol, host, port, isOff }: QueryChoice): void {
    this.isOn = !isOff;
    this.protocol = protocol;
    this.host = host ?? '';
    this.port = port?.toString() ?? '';
  }
}

/** The host as sockets expect it; null if the text is no host. */
function hostOf(text: string): string | null {
  const host = bareHost(text.trim());
  // One colon separates a port; an IPv6 address has more.
  return queryHost.test(host) && host.split(':').length !== 2 ? host : null;
}

function portOf(text: string): number | null {
  const port = Number(text);
  return /^\s*\d{1,5}\s*$/.test(text) && port >= 1 && port <= 65_535 ? port : null;
}
