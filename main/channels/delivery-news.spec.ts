/** What the log of events hears of messages to channels, with a fake service and the fake clock. */
import { describe, expect, it } from 'vitest';
import { aChannel } from '../../tests/support/a-channel.js';
import { aChannelsWorld, anAlert, anEnd, startChannels } from '../../tests/support/channels-rig.js';
import { answer, FakeHttp } from '../../tests/support/fake-http.js';

const hourMs = 3_600_000;

describe('news of a message to a channel', () => {
  it('is the first message, its change, and each failed try before', async () => {
    const { channels, clock, answers, deliveries } = await aChannel();
    answers.push(answer(500, {}), answer(500, {}));
    channels.tell(anAlert({ eventIds: ['e1', 'e2'] }));
    await clock.advance(hourMs);
    channels.tell(anEnd());
    await clock.advance(5000);
    const each = ['failed', 'failed', 'sent', 'edited'];
    expect(deliveries).toEqual(
      each.flatMap((news) => ['e1', 'e2'].map((event) => `${event} discord: ${news}`)),
    );
  });

  it('is a further message of a service that cannot edit', async () => {
    const { channels, clock, deliveries } = await aChannel('gotify');
    channels.tell(anAlert());
    await clock.advance(5000);
    channels.tell(anEnd());
    await clock.advance(5000);
    expect(deliveries).toEqual(['0001 gotify: sent', '0001 gotify: again']);
  });

  it('is a change of a message that takes the place of the earlier one', async () => {
    const http = new FakeHttp(() => answer(200, { id: 'x' }));
    const { add, channels, clock, deliveries } = await startChannels({ http: () => http });
    await add('ntfy', { address: 'https://ntfy.example.com/topic' });
    channels.tell(anAlert());
    await clock.advance(5000);
    channels.tell(anEnd());
    await clock.advance(5000);
    expect(deliveries).toEqual(['0001 ntfy: sent', '0001 ntfy: edited']);
  });

  it('is that the message was refused', async () => {
    const { channels, clock, answers, deliveries } = await aChannel();
    answers.push(answer(400, {}));
    channels.tell(anAlert());
    await clock.advance(5000);
    expect(deliveries).toEqual(['0001 discord: refused']);
  });

  it('is that the incident was over before the service took the message', async () => {
    const { channels, clock, answers, deliveries } = await aChannel('gotify');
    answers.push(answer(500, {}));
    channels.tell(anAlert());
    await clock.advance(100);
    channels.withdraw('0001');
    expect(deliveries).toEqual(['0001 gotify: failed', '0001 gotify: over']);
  });

  it.each(['switched off', 'removed'] as const)('is that the channel was %s meanwhile', async (what) => {
    const { calls, channels, channel, clock, answers, deliveries } = await aChannel();
    answers.push(answer(500, {}));
    channels.tell(anAlert());
    await clock.advance(100);
    if (what === 'removed') await calls['channels.remove']({ id: channel.id });
    else await calls['channels.change']({ id: channel.id, isOn: false });
    const name = what === 'removed' ? 'removed' : 'discord';
    expect(deliveries).toEqual(['0001 discord: failed', `0001 ${name}: off`]);
  });

  it('continues after a restart of Perch', async () => {
    const world = aChannelsWorld();
    const { channels, clock } = await aChannel('discord', world);
    channels.tell(anAlert());
    await clock.advance(5000);
    channels.stop();
    const http = new FakeHttp(() => answer(200, { id: '1' }));
    const later = await startChannels({ http: () => http }, world);
    later.channels.eventEnded({ id: '0001' });
    await clock.advance(5000);
    expect(later.deliveries).toEqual(['0001 discord: edited']);
  });
});
