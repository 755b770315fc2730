/** The status board against a Discord that is played on loopback, over the real network port. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { anAccount, aServer, playersOnline } from '../../tests/support/entities.js';
import {
  aChannelsWorld,
  anAlert,
  startChannels,
  type ChannelsWorld,
} from '../../tests/support/channels-rig.js';
import {
  channelSecretTexts,
  startChannelService,
  type ChannelService,
  type Fault,
} from '../../tests/support/channel-services.js';
import { aNetwork } from '../../tests/support/direct-network.js';

const hostile = '@everyone <@1> [free](http://evil.example) **loud**\u202e\u0007';
const server = aServer({ name: hostile, power: 'running', players: playersOnline(3, { slots: 20 }) });

let service: ChannelService;
let world: ChannelsWorld;

beforeEach(async () => {
  service = await startChannelService('discord');
  world = aChannelsWorld();
  world.fleet.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server },
  ]);
});
afterEach(() => service.stop());

/** A run of Perch with a channel; the first one sets the channel up. */
async function aRun() {
  const rig = await startChannels(aNetwork(), world);
  const [known] = world.settings.current.channels;
  const { id } = known ?? (await rig.add('discord', service.form));
  return { ...rig, id };
}

async function aBoard() {
  const rig = await aRun();
  service.seen.clear();
  service.came.length = 0;
  const board = { servers: { kind: 'all' }, showsPlayers: true, showsAddresses: true } as const;
  await rig.calls['channels.setBoard']({ id: rig.id, board });
  return rig;
}

const boards = (): string[] => [...service.seen.values()];
const power = (state: 'offline' | 'starting' | 'stopping'): void =>
  world.fleet.apply([{ kind: 'server-patched', serverId: server.id, patch: { power: state } }]);

/** Moves the fake clock until the condition holds, because the answers take real time. */
async function until(holds: () => void): Promise<void> {
  await vi.waitFor(async () => {
    await world.clock.advance(1000);
    holds();
  });
}

it('shows a hostile name as it is, changes the same message, and stands beside incidents', async () => {
  const rig = await aBoard();
  await until(() => expect(boards()).toHaveLength(1));
  const [first = ''] = boards();
  expect(first).toContain('3 of 20 players');
  expect(first).not.toMatch(/@everyone|<@|(?<!\\)\[free|(?<!\\)\*\*loud/u);
  for (const sign of ['\u202e', '\u0007']) expect(first).not.toContain(sign);
  await until(() => expect(rig.state()?.board?.reference).not.toBeNull());
  rig.channels.tell(anAlert());
  power('offline');
  await until(() => expect(boards()[0]).toContain('offline since'));
  await until(() => expect(boards()).toHaveLength(2));
  expect(service.came.map(({ method }) => method).sort()).toEqual(['PATCH', 'POST', 'POST']);
  rig.channels.stop();
});

it.each<Fault>(['busy', 'broken', 'hang', 'reset', 'giant', 'lost'])(
  'an edit that fails is tried again, in the same message: %s',
  async (fault) => {
    const rig = await aBoard();
    await until(() => expect(rig.state()?.board?.reference).toBeTruthy());
    service.faults.push(fault);
    power('offline');
    await until(() => expect(rig.state()?.boardProblem).not.toBeNull());
    if (fault === 'busy') {
      const tries = service.came.length;
      await world.clock.advance(25_000);
      expect(service.came).toHaveLength(tries);
    }
    await until(() => expect(rig.state()?.boardProblem).toBeNull());
    expect(boards()).toHaveLength(1);
    expect(boards()[0]).toContain('offline');
    rig.channels.stop();
  },
);

it.each<Fault>(['broken', 'hang', 'reset', 'giant', 'lost'])(
  'a new message whose answer is lost is never sent twice, also not after a restart: %s',
  async (fault) => {
    const rig = await aRun();
    service.seen.clear();
    service.faults.push(fault);
    const board = { servers: { kind: 'all' }, showsPlayers: true, showsAddresses: false } as const;
    await rig.calls['channels.setBoard']({ id: rig.id, board });
    await until(() => expect(rig.state()?.board?.stopped).toBe('unsure'));
    const tries = service.came.length;
    await world.clock.advance(600_000);
    rig.channels.stop();
    const later = await aRun();
    power('offline');
    await world.clock.advance(600_000);
    expect(service.came).toHaveLength(tries);
    // The person looked into Discord, and wants a new board.
    service.seen.clear();
    later.calls['channels.resume']({ id: later.id });
    await until(() => expect(later.state()?.board?.reference).toBeTruthy());
    expect(boards()).toHaveLength(1);
    later.channels.stop();
  },
);

it('a deleted message is made again once', async () => {
  const rig = await aBoard();
  await until(() => expect(rig.state()?.board?.reference).toBeTruthy());
  service.seen.clear();
  power('offline');
  await until(() => expect(boards()).toHaveLength(1));
  await until(() => expect(rig.state()?.board?.reference).toBe([...service.seen.keys()][0]));
  service.seen.clear();
  power('starting');
  await until(() => expect(rig.state()?.board?.stopped).toBe('deleted'));
  await world.clock.advance(60_000);
  expect(boards()).toEqual([]);
  rig.channels.stop();
});

it('keeps no secret elsewhere than in the keychain', async () => {
  const rig = await aBoard();
  await until(() => expect(rig.state()?.board?.reference).toBeTruthy());
  service.isGone = true;
  power('offline');
  await until(() => expect(rig.state()?.paused).not.toBeNull());
  const told =
    JSON.stringify([world.settings.current, rig.channels.states.current]) + world.store.text + world.log.text;
  expect(told).not.toContain(channelSecretTexts.discord);
  rig.channels.stop();
});
