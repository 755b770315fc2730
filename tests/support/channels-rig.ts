import type { ChannelKind } from '../../bridge/alerts/channel-kinds.js';
import type { AlertChannel } from '../../bridge/schema/alert-channels.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { Alert } from '../../main/alerts/alert.js';
import type { Network } from '../../main/base/network-ports.js';
import type { ChannelStore } from '../../main/base/ports.js';
import { channelCalls } from '../../main/channels/calls.js';
import { ChannelSecrets } from '../../main/channels/channel-secrets.js';
import { Channels } from '../../main/channels/channels.js';
import { KeychainVault } from '../../main/disk/vault.js';
import { FleetStore } from '../../main/fleet/store.js';
import { verbatim } from '../../messages/messages.js';
import { someSettings } from './entities.js';
import { FakeClock } from './fake-clock.js';
import { FakeKeychain } from './fake-keychain.js';
import { FakeLog } from './fake-log.js';
import { HeldFields } from './held-fields.js';

type Kept = Awaited<ReturnType<ChannelStore['load']>>;

/** The disk of channels in memory, as JSON. */
export class HeldChannels implements ChannelStore {
  text = JSON.stringify({ posts: [], channels: [] } satisfies Kept);
  refuses: Error | null = null;

  load(): Promise<Kept> {
    return Promise.resolve(JSON.parse(this.text) as Kept);
  }

  save(kept: Kept): Promise<void> {
    if (this.refuses !== null) return Promise.reject(this.refuses);
    this.text = JSON.stringify(kept);
    return Promise.resolve();
  }
}

export interface ChannelsWorld {
  readonly clock: FakeClock;
  readonly keychain: FakeKeychain;
  readonly log: FakeLog;
  readonly settings: HeldFields<Settings>;
  readonly store: HeldChannels;
  readonly fleet: FleetStore;
}

export function aChannelsWorld(): ChannelsWorld {
  return {
    clock: new FakeClock(),
    keychain: new FakeKeychain(),
    log: new FakeLog(),
    settings: new HeldFields(someSettings()),
    store: new HeldChannels(),
    fleet: new FleetStore(),
  };
}

/** One run of Perch in a world, which another run may continue. */
export async function startChannels(network: Pick<Network, 'http'>, world = aChannelsWorld()) {
  const { clock, keychain, settings } = world;
  const vault = new KeychainVault({
    clock,
    platform: 'linux',
    loadKeychain: () => Promise.resolve(keychain),
  });
  const secrets = new ChannelSecrets(vault);
  let id = 0;
  const run = Math.round(clock.now() / 1000);
  const deps = {
    ...world,
    network,
    secrets,
    random: () => 0,
    timeoutMs: 2000,
    newId: () => `id-${run}-${(id += 1)}`,
  };
  /** Pieces of news about messages: `<event> <channel>: <news>`. */
  const deliveries: string[] = [];
  const channels = new Channels({
    ...deps,
    noteDelivery: (eventIds, { channel, news }) =>
      void deliveries.push(...eventIds.map((one) => `${one} ${channel?.name ?? 'removed'}: ${news}`)),
  });
  const calls = channelCalls({ ...deps, channels });
  await channels.start();
  const add = async (
    kind: ChannelKind,
    form: { address: string; token?: string; recipient?: string },
    template: string | null = null,
  ): Promise<AlertChannel> => {
    const fields = { token: '', recipient: '', ...form };
    await calls['channels.add']({ kind, name: kind, ...fields, template, keep: 'keychain' });
    const channel = settings.current.channels.at(-1);
    if (channel === undefined) throw new Error('no channel was added');
    return channel;
  };
  const state = (at = 0) => channels.states.current[at];
  return { ...world, channels, calls, secrets, add, state, deliveries };
}

export function anAlert(fields: Partial<Alert> & { says?: string } = {}): Alert {
  const { says = 'Survival crashed', ...others } = fields;
  return {
    id: '0001',
    kind: 'crashed',
    phase: 'news',
    accountId: 'home',
    serverIds: ['home/1'],
    eventIds: [others.id ?? '0001'],
    at: 1_700_000_000_000,
    title: verbatim(says),
    body: verbatim('Home: exit code 1'),
    ...others,
  };
}

export function anEnd(fields: Partial<Alert> = {}): Alert {
  return {
    ...anAlert(),
    phase: 'over',
    title: verbatim('Survival is back'),
    body: verbatim('After 5 min.'),
    ...fields,
  };
}
