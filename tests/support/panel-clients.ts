import type { ProblemCode } from '../../bridge/errors.js';
import type { PanelApi } from '../../main/panel/api.js';
import { createPanelClient } from '../../main/panel/client.js';
import type { KeyHolder } from '../../sandbox/data/seed.js';
import { aNetwork } from './direct-network.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';
import type { PanelRig } from './panel-rig.js';
import { trusting } from './trusting.js';

/** Clients of a rig's panel, each with the key of one account of the demo. */
export class PanelClients {
  readonly #open: PanelApi[] = [];

  constructor(private readonly rig: PanelRig) {}

  of(who: KeyHolder = 'owner'): PanelApi {
    const client = createPanelClient({
      panelUrl: this.rig.panel.url,
      http: aNetwork().http(trusting()),
      authorize: (use) => use(this.rig.keyOf(who)),
      clock: new FakeClock(),
      log: new FakeLog(),
    });
    this.#open.push(client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#open.splice(0)) await client.close();
  }
}

/** Code of the call's problem and id of its message. Throws if the call succeeds. */
export async function refusal(call: Promise<unknown>): Promise<[ProblemCode, string]> {
  const error = await call.then(
    () => new Error('The call succeeded.'),
    (reason: unknown) => reason,
  );
  const { problem } = error as { problem?: { code: ProblemCode; message: { id: string } } };
  if (problem === undefined) throw error as Error;
  return [problem.code, problem.message.id];
}
