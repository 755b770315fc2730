/** Delivery of channels with a fake service and the fake clock. */
import { describe, expect, it } from 'vitest';
import { withChannelRule } from '../../bridge/alerts/channel-choice.js';
import { spoken, verbatim } from '../../messages/messages.js';
import { HttpFailure } from '../base/network-ports.js';
import { KeychainFailure } from '../base/ports.js';
import { aChannel, discordForm, gotifyForm, titleOf } from '../../tests/support/a-channel.js';
import { aChannelsWorld, anAlert, anEnd, startChannels } from '../../tests/support/channels-rig.js';
import { aServer } from '../../tests/support/entities.js';
import { answer, FakeHttp } from '../../tests/support/fake-http.js';
import { settle } from '../../tests/support/fake-clock.js';
import { discord } from './discord.js';

const hourMs = 3_600_000;

const lobby = anAlert({ id: '0002', says: 'Lobby crashed', serverIds: ['home/2'] });

describe('the messages of a channel', () => {
  it('none before somebody set a channel up', async () => {
    const http = new FakeHttp([]);
    const { channels } = await startChannels({ http: () => http });
    channels.tell(anAlert());
    await settle();
    expect(http.requests).toEqual([]);
  });

  it.each([
    ['its kind is off', { switches: { crashed: false } }, 0],
    ['another kind is off', { switches: { full: false } }, 1],
    ['it is off', { isOn: false }, 0],
    ['the server is off', { rules: [{ scope: { kind: 'server', id: 'home/1' }, isOn: false }] }, 0],
    ['another server is off', { rules: [{ scope: { kind: 'server', id: 'home/2' }, isOn: false }] }, 1],
    ['the panel is off', { rules: [{ scope: { kind: 'panel', id: 'home' }, isOn: false }] }, 0],
    [
      'the panel is off and the group of the server is on',
      {
        rules: [
          { scope: { kind: 'panel', id: 'home' }, isOn: false },
          { scope: { kind: 'group', id: 'g' }, isOn: true },
        ],
      },
      1,
    ],
  ] as const)('%s', async (_what, fields, count) => {
    const { channels, settings, http, channel } = await aChannel();
    const rules = 'rules' in fields ? fields.rules.map((rule) => ({ ...rule })) : [];
    await settings.update({
      channels: [{ ...channel, ...fields, rules }],
      groups: [{ id: 'g', name: 'G', isCollapsed: false, serverIds: [aServer({ id: 'home/1' }).id] }],
    });
    channels.tell(anAlert());
    await settle();
    expect(http.requests).toHaveLength(count);
  });

  it('include each one-time alert as a separate message, whatever kinds are off', async () => {
    const { channels, http, clock, settings, channel } = await aChannel();
    await settings.update({ channels: [{ ...channel, switches: { started: false } }] });
    for (const says of ['Survival is up', 'Survival is up again']) {
      channels.tell(anAlert({ id: 'wish up home/1', kind: 'wish', says }));
      await clock.advance(5000);
    }
    expect(http.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });

  it('"stays down" as a new message, because an edit makes no sound', async () => {
    const { channels, clock, titles } = await aChannel();
    channels.tell(anAlert());
    await clock.advance(5000);
    channels.tell(anAlert({ kind: 'stays-down', says: 'Survival stays down' }));
    await clock.advance(5000);
    channels.tell(anEnd());
    await clock.advance(5000);
    expect(titles()).toEqual(['POST Survival crashed', 'POST Survival stays down', 'PATCH Survival is back']);
  });
});

describe('a false alarm', () => {
  it('is not sent if nobody saw it', async () => {
    const { channels, answers, http, clock, state } = await aChannel();
    answers.push(new HttpFailure('unreachable', 'x'));
    channels.tell(lobby);
    channels.tell(anAlert());
    channels.withdraw('0001');
    await clock.advance(60_000);
    expect(http.requests.map(titleOf)).toEqual(['POST Lobby crashed', 'POST Lobby crashed']);
    expect(state()?.waiting).toBe(0);
  });

  it('changes the message that was sent', async () => {
    const { channels, titles, clock } = await aChannel();
    channels.tell(anAlert());
    await clock.advance(5000);
    channels.withdraw('0001');
    await clock.advance(5000);
    expect(titles()).toEqual(['POST Survival crashed', 'PATCH Over: Survival crashed']);
  });

  it('also changes a message whose answer is still on its way', async () => {
    const { channels, titles, clock } = await aChannel();
    channels.tell(anAlert());
    channels.withdraw('0001');
    await clock.advance(5000);
    expect(titles()).toEqual(['POST Survival crashed', 'PATCH Over: Survival crashed']);
  });

  it('makes no second message on services without edits', async () => {
    const { channels, titles, clock } = await aChannel('gotify');
    channels.tell(anAlert());
    await clock.advance(5000);
    channels.withdraw('0001');
    await clock.advance(5000);
    expect(titles()).toEqual(['POST Survival crashed']);
  });
});

describe('delivery', () => {
  it('sends in order, one message a second', async () => {
    const { channels, titles, clock } = await aChannel();
    channels.tell(anAlert());
    channels.tell(lobby);
    await clock.advance(900);
    expect(titles()).toEqual(['POST Survival crashed']);
    await clock.advance(200);
    expect(titles()).toEqual(['POST Survival crashed', 'POST Lobby crashed']);
  });

  it('waits longer after each failure, and a new alert does not hurry it', async () => {
    const { channels, answers, times, clock } = await aChannel();
    answers.push(...Array.from({ length: 4 }, () => new HttpFailure('unreachable', 'x')));
    channels.tell(anAlert());
    await clock.advance(7000);
    channels.tell(lobby);
    await clock.advance(60_000);
    // The rig's random number makes no pause shorter than 5, 10, 20 and 40 s.
    expect(times.slice(0, 4).map((at) => (at - (times[0] ?? 0)) / 1000)).toEqual([0, 5, 15, 35]);
  });

  it('tries at once when the network is back, but keeps the pause that the service asked for', async () => {
    const { channels, answers, http, clock } = await aChannel();
    answers.push(new HttpFailure('unreachable', 'x'), answer(429, { retry_after: 90.5 }));
    channels.tell(anAlert());
    await clock.advance(1000);
    channels.hurry();
    await settle();
    expect(http.requests).toHaveLength(2);
    channels.hurry();
    await clock.advance(89_000);
    expect(http.requests).toHaveLength(2);
    await clock.advance(3000);
    expect(http.requests).toHaveLength(3);
  });

  it('drops a message after twelve hours of waiting, and reports that', async () => {
    const { channels, answers, clock, state, titles } = await aChannel();
    answers.push(...Array.from({ length: 200 }, () => new HttpFailure('unreachable', 'x')));
    channels.tell(anAlert());
    await clock.advance(11 * hourMs);
    channels.tell(lobby);
    answers.length = 0;
    answers.push(...Array.from({ length: 8 }, () => new HttpFailure('unreachable', 'x')));
    await clock.advance(2 * hourMs);
    expect(titles().at(-1)).toBe('POST Lobby crashed');
    expect(state()?.deliveries.map(({ title, outcome }) => `${title}: ${outcome}`)).toEqual([
      'Lobby crashed: sent',
      'Survival crashed: too-old',
    ]);
  });

  it('continues after a message that the service refuses', async () => {
    const { channels, answers, clock, state } = await aChannel();
    answers.push(answer(400, { message: 'Invalid Form Body', code: 50_035 }));
    channels.tell(anAlert());
    channels.tell(lobby);
    await clock.advance(5000);
    expect(state()?.deliveries.map(({ outcome }) => outcome)).toEqual(['sent', 'refused']);
  });

  it('says both what happened and that it is over, if the first text never left', async () => {
    const { channels, answers, http, clock } = await aChannel('gotify');
    answers.push(new HttpFailure('unreachable', 'x'));
    channels.tell(anAlert());
    await clock.advance(1000);
    channels.tell(anEnd());
    await clock.advance(10_000);
    expect(JSON.parse(String(http.requests.at(-1)?.body))).toMatchObject({
      title: 'Survival is back',
      message: 'After 5 min.\nSurvival crashed: Home: exit code 1',
    });
  });

  it('waits for a locked keychain, and pauses if the secret is gone', async () => {
    const { channels, keychain, clock, state, http } = await aChannel();
    keychain.failure = new KeychainFailure('locked');
    channels.tell(anAlert());
    await clock.advance(1000);
    expect(state()?.problem?.code).toBe('keychain-locked');
    keychain.failure = null;
    keychain.entries.clear();
    channels.hurry();
    await settle();
    expect(state()?.paused?.code).toBe('unauthorized');
    expect(http.requests).toEqual([]);
  });

  it('never sends a secret to another service than the one for which it was entered', async () => {
    const { channels, settings, channel, http, state, clock } = await aChannel();
    await settings.update({ channels: [{ ...channel, origin: 'https://attacker.example' }] });
    channels.tell(anAlert());
    await clock.advance(1000);
    expect(http.requests).toEqual([]);
    expect(state()?.paused?.code).toBe('unauthorized');
  });

  it('sends on while the disk refuses the file', async () => {
    const { channels, store, titles, clock, log } = await aChannel();
    store.refuses = new Error('no space');
    channels.tell(anAlert());
    await clock.advance(5000);
    expect(titles()).toEqual(['POST Survival crashed']);
    expect(log.text.match(/channels\.not-kept/g)).toHaveLength(1);
  });

  it('keeps the kinds that a change does not name', async () => {
    const { calls, channel, settings } = await aChannel();
    await calls['channels.change']({ id: channel.id, switches: { crashed: false } });
    await calls['channels.change']({ id: channel.id, switches: { stopped: false } });
    expect(settings.current.channels[0]?.switches).toEqual({ crashed: false, stopped: false });
  });

  it('sends no further message for a removed or switched-off channel', async () => {
    const { channels, answers, calls, channel, http, clock, keychain, state } = await aChannel();
    answers.push(new HttpFailure('unreachable', 'x'));
    channels.tell(anAlert());
    await clock.advance(1000);
    await calls['channels.change']({ id: channel.id, isOn: false });
    await clock.advance(60_000);
    expect([http.requests.length, state()?.waiting]).toEqual([1, 0]);
    await calls['channels.remove']({ id: channel.id });
    expect(channels.states.current).toEqual([]);
    expect(keychain.entries.size).toBe(0);
  });

  it('keeps at most 500 messages of a channel, sent messages first', async () => {
    const { channels, answers, clock, state, calls, channel } = await aChannel();
    answers.push(answer(401, { message: 'Invalid Webhook Token' }));
    for (let at = 0; at < 510; at += 1) channels.tell(anAlert({ id: `e${at}`, says: `S${at} crashed` }));
    await clock.advance(1000);
    expect(state()?.waiting).toBe(500);
    expect(state()?.deliveries.at(0)).toMatchObject({ title: 'S9 crashed', outcome: 'too-many' });
    calls['channels.resume']({ id: channel.id });
    await clock.advance(600_000);
    expect(state()?.waiting).toBe(0);
  });

  it.each([
    ['discord', 'address', discordForm.address],
    ['discord', 'path', new URL(discordForm.address).pathname],
    ['discord', 'last part', 'abcd'],
    ['discord', 'address in JSON of PHP', discordForm.address.replaceAll('/', '\\/')],
    ['gotify', 'token', gotifyForm.token],
    ['gotify', 'token in Base64', Buffer.from(gotifyForm.token).toString('base64').replace(/=+$/, '')],
  ] as const)(
    'keeps nothing of a refusal by %s that repeats the secret: its %s',
    async (kind, _what, echo) => {
      const world = aChannelsWorld();
      const { channels, answers, clock, state } = await aChannel(kind, world);
      const said = `{"message":"Unknown ${echo}!","errorDescription":"Unknown ${echo}!"}`;
      answers.push({ status: 404, headers: { 'content-type': 'application/json' }, body: said });
      channels.tell(anAlert());
      await clock.advance(1000);
      expect(spoken(state()?.paused?.message ?? verbatim(''))).toContain('Unknown');
      const kept = [JSON.stringify(state()), world.store.text, world.log.text].join('\n');
      expect(kept).toContain('***');
      for (const secret of [echo, 'abcd', gotifyForm.token]) expect(kept).not.toContain(secret);
    },
  );
});

describe('setting up', () => {
  it.each([
    ['discord', { address: 'https://discord.com/channels/1/2' }, 'address'],
    ['discord', { address: 'http://discord.com/api/webhooks/1/abcd' }, 'address'],
    ['gotify', { address: 'https://gotify.example.com' }, 'token'],
    ['telegram', { address: '', token: '123:abcdefghijkl', recipient: 'me' }, 'recipient'],
    ['telegram', { address: '', token: 'nonsense', recipient: '5' }, 'token'],
  ] as const)('%s with a wrong field names the field, and sends nothing', async (kind, form, field) => {
    const { add, http } = await aChannel();
    await expect(add(kind, form)).rejects.toMatchObject({
      problem: { code: 'invalid', fields: { [field]: expect.anything() as unknown } },
    });
    expect(http.requests).toEqual([]);
  });

  it.each([
    ['gotify', { address: 'https://gotify.example.com', token: 'A1b2c3d4e5f6' }, 'e5f6'],
    ['gotify', gotifyForm, ''],
    ['ntfy', { address: 'https://ntfy.sh/perch-topic-7351' }, '7351'],
    ['ntfy', { address: 'https://ntfy.sh/perch' }, ''],
    ['webhook', { address: 'https://hooks.example.com/services/abc' }, ''],
  ] as const)('%s shows only the end of a long secret: %o', async (kind, form, ending) => {
    const { add } = await aChannel();
    expect(await add(kind, form)).toMatchObject({ ending });
  });

  it.each(['{', '{"text": "{{titel}}"}'])('a webhook with the JSON %s is refused', async (template) => {
    const { add } = await aChannel();
    await expect(add('webhook', { address: 'https://example.com/' }, template)).rejects.toMatchObject({
      problem: { fields: { template: expect.anything() as unknown } },
    });
  });

  it('keeps no channel if the service refuses the test message', async () => {
    const { add, answers, settings, keychain } = await aChannel();
    answers.push(answer(404, { message: 'Unknown Webhook', code: 10_015 }));
    await expect(add('discord', discordForm)).rejects.toMatchObject({ problem: { code: 'not-found' } });
    expect([settings.current.channels.length, keychain.entries.size]).toEqual([1, 1]);
  });

  it('a rule of a place replaces the earlier rule', () => {
    const scope = { kind: 'panel', id: 'home' } as const;
    const off = withChannelRule([], scope, false);
    expect(withChannelRule(off, scope, true)).toEqual([{ scope, isOn: true }]);
    expect(withChannelRule(off, scope, null)).toEqual([]);
  });
});

it('Discord: a message that somebody deleted counts as changed', () => {
  const body = JSON.stringify({ message: 'Unknown Message', code: 10_008 });
  expect(discord.judge({ status: 404, headers: {}, body, now: 0 }, { edits: '5' })).toEqual({ is: 'gone' });
});
