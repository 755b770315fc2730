/** The contract of all channels, against services that are played on loopback, over the real network port. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelKinds } from '../../bridge/alerts/channel-kinds.js';
import {
  aChannelsWorld,
  anAlert,
  anEnd,
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
import { senders } from './senders.js';

const hostile = '@everyone <@1> <!channel> [free](http://evil.example) **loud** `x` <b>&\u202e\u0007';

describe.each(channelKinds)('%s', (kind) => {
  let service: ChannelService;
  let world: ChannelsWorld;
  const { can } = senders[kind];

  beforeEach(async () => {
    service = await startChannelService(kind);
    world = aChannelsWorld();
  });
  afterEach(() => service.stop());

  /** A channel of this service, after its test message. */
  async function aChannel() {
    const rig = await startChannels(aNetwork(), world);
    await rig.add(kind, service.form);
    service.seen.clear();
    service.came.length = 0;
    return rig;
  }
  const texts = (): string[] => [...service.seen.values()];
  const whenSettled = (rig: Awaited<ReturnType<typeof startChannels>>): Promise<void> =>
    vi.waitFor(() => expect(rig.state()).toMatchObject({ waiting: 0, problem: null, paused: null }));

  it('tells an incident and its end, in one message where the service edits', async () => {
    const rig = await aChannel();
    rig.channels.tell(anAlert());
    await whenSettled(rig);
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('Survival crashed');
    await world.clock.advance(60_000);
    rig.channels.tell(anEnd());
    await whenSettled(rig);
    expect(texts()).toHaveLength(can.edit ? 1 : 2);
    expect(texts().at(-1)).toContain('Survival is back');
    expect(texts().join('\n')).toContain('Survival crashed');
    rig.channels.stop();
  });

  it('shows names of panels unchanged, and mentions nobody', async () => {
    const rig = await aChannel();
    rig.channels.tell(anAlert({ says: hostile }));
    await whenSettled(rig);
    const [text = ''] = texts();
    expect(text).toContain('free');
    expect(text).not.toContain('\u202e');
    expect(text).not.toContain('\u0007');
    // Gotify, ntfy and a plain webhook show plain text; Slack's blocks are plain, too.
    if (kind === 'discord' || kind === 'mattermost' || kind === 'telegram') {
      expect(text).not.toContain('@everyone');
      expect(text).not.toContain('<@');
      expect(text).not.toMatch(kind === 'telegram' ? /<b>&/ : /(?<!\\)\[free|(?<!\\)\*\*loud/);
    }
    if (kind === 'slack') expect(text.split('\n')[0]).not.toContain('<!channel>');
    rig.channels.stop();
  });

  it.each<Fault>(['busy', 'broken', 'hang', 'reset', 'giant'])('tries again after: %s', async (fault) => {
    const rig = await aChannel();
    service.faults.push(fault);
    rig.channels.tell(anAlert());
    rig.channels.tell(anAlert({ id: '0002', says: 'Lobby crashed', serverIds: ['home/2'] }));
    await vi.waitFor(() => expect(rig.state()?.problem).not.toBeNull());
    expect(rig.state()).toMatchObject({ waiting: 2, paused: null });
    expect(service.came).toHaveLength(1);
    if (fault === 'busy') {
      await world.clock.advance(29_000);
      expect(service.came).toHaveLength(1);
    }
    await world.clock.advance(6000);
    await vi.waitFor(() => expect(texts()).toHaveLength(1));
    await vi.waitFor(() => expect(rig.state()?.waiting).toBe(1));
    await world.clock.advance(2000);
    await whenSettled(rig);
    expect(texts()).toHaveLength(2);
    expect(texts()[0]).toContain('Survival');
    expect(texts()[1]).toContain('Lobby');
    rig.channels.stop();
  });

  it('follows no redirect, and pauses with a word', async () => {
    const rig = await aChannel();
    service.faults.push('redirect');
    rig.channels.tell(anAlert());
    await vi.waitFor(() => expect(rig.state()?.paused?.code).toBe('protocol'));
    expect(service.came.map(({ path }) => path)).not.toContain('/elsewhere');
    expect(rig.state()?.waiting).toBe(1);
    rig.channels.stop();
  });

  it('pauses when the service forgot the channel, also after a restart, until the person tries again', async () => {
    const rig = await aChannel();
    service.isGone = true;
    rig.channels.tell(anAlert());
    await vi.waitFor(() => expect(rig.state()?.paused).not.toBeNull());
    await expect(
      rig.calls['channels.test']({ id: world.settings.current.channels[0]?.id ?? '' }),
    ).rejects.toThrow();
    rig.channels.stop();
    const later = await startChannels(aNetwork(), world);
    expect(later.state()).toMatchObject({ waiting: 1, paused: { code: expect.any(String) as string } });
    const tries = service.came.length;
    await world.clock.advance(60_000);
    expect(service.came).toHaveLength(tries);
    service.isGone = false;
    later.calls['channels.resume']({ id: world.settings.current.channels[0]?.id ?? '' });
    await whenSettled(later);
    expect(texts()).toHaveLength(1);
    later.channels.stop();
  });

  it('loses no message at a restart, and doubles no message that the service recognises', async () => {
    const rig = await aChannel();
    // The service takes the message, and the answer is lost with the end of this run.
    service.faults.push('lost');
    rig.channels.tell(anAlert());
    await vi.waitFor(() => expect(texts()).toHaveLength(1));
    await vi.waitFor(() => expect(rig.state()?.problem).not.toBeNull());
    rig.channels.stop();
    const later = await startChannels(aNetwork(), world);
    await whenSettled(later);
    expect(texts()).toHaveLength(can.once ? 1 : 2);
    // The incident ends in the new run.
    await world.clock.advance(60_000);
    later.channels.eventEnded({ id: '0001' });
    await whenSettled(later);
    expect(texts()).toHaveLength(can.once ? 1 : 2);
    if (can.edit) expect(texts().at(-1)).toMatch(/Over\\?: Survival crashed/);
    later.channels.stop();
  });

  it('refuses a set-up that the service does not take, and stores secrets in the keychain only', async () => {
    const rig = await aChannel();
    rig.channels.tell(anAlert());
    await whenSettled(rig);
    service.isGone = true;
    await expect(rig.add(kind, service.form)).rejects.toThrow();
    expect(world.settings.current.channels).toHaveLength(1);
    const told =
      JSON.stringify([world.settings.current, rig.channels.states.current]) +
      world.store.text +
      world.log.text;
    for (const secret of [channelSecretTexts[kind], service.form.token].filter((text) => text !== ''))
      expect(told).not.toContain(secret);
    expect([...world.keychain.entries.values()].join()).toContain(channelSecretTexts[kind]);
    rig.channels.stop();
  });
});
