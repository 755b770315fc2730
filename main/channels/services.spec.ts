/** Parts of the services' protocols that need no service. */
import { describe, expect, it } from 'vitest';
import { channelAddress } from '../base/channel-address.js';
import { retryAfter } from './judge-status.js';
import { inHtml, inMarkdown } from './plain-markup.js';
import { filled, unknownField } from './webhook-template.js';
import { signature } from './webhook.js';

describe('channelAddress', () => {
  it.each([
    [
      'discord',
      ' https://discord.com/api/webhooks/12/ab-C_d/ ',
      'https://discord.com/api/webhooks/12/ab-C_d',
    ],
    [
      'discord',
      'https://discord.com/api/v10/webhooks/12/ab?wait=1&thread_id=77',
      'https://discord.com/api/v10/webhooks/12/ab?thread_id=77',
    ],
    ['ntfy', 'ntfy.sh/my-topic', 'https://ntfy.sh/my-topic'],
    ['gotify', 'http://192.168.1.5:8080/', 'http://192.168.1.5:8080'],
    ['gotify', 'http://nas/gotify', 'http://nas/gotify'],
    ['gotify', 'http://[fd00::5]:80', 'http://[fd00::5]'],
    ['telegram', '', 'https://api.telegram.org'],
    ['slack', 'https://hooks.slack.com/services/T0/B0/xyz', 'https://hooks.slack.com/services/T0/B0/xyz'],
    ['mattermost', 'https://chat.example.com/team/hooks/abc1', 'https://chat.example.com/team/hooks/abc1'],
    ['webhook', 'https://example.com/a/?b=c', 'https://example.com/a/?b=c'],
  ] as const)('%s: %s', (kind, typed, kept) => {
    expect(channelAddress(kind, typed)).toBe(kept);
  });

  it.each([
    ['discord', 'https://discord.com/api/webhooks/12'],
    ['discord', ''],
    ['ntfy', 'https://ntfy.sh'],
    ['ntfy', 'https://ntfy.sh/a/b'],
    ['gotify', 'http://gotify.example.com'],
    ['gotify', 'http://8.8.8.8'],
    ['gotify', 'https://olive:secret@gotify.example.com'],
    ['slack', 'https://hooks.slack.com/'],
    ['mattermost', 'https://chat.example.com/'],
    ['webhook', 'ftp://example.com/'],
    ['webhook', 'javascript:alert(1)'],
    ['webhook', 'https://exa mple.com/'],
    ['webhook', 'https://example.com/#part'],
  ] as const)('%s: not %s', (kind, typed) => {
    expect(channelAddress(kind, typed)).toBeNull();
  });
});

it.each([
  ['30', 30_000],
  ['0.5', 500],
  ['99999999', 3_600_000],
  ['Thu, 01 Jan 1970 00:01:40 GMT', 90_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ['soon', null],
  ['', null],
])('Retry-After: %s', (text, ms) => {
  expect(retryAfter({ headers: { 'retry-after': text }, now: 10_000 })).toBe(ms);
});

it('markup shows a text unchanged', () => {
  expect(inMarkdown('@here **a** [b](c) <#1> 1. x')).toBe(
    '@\u2060here \\*\\*a\\*\\* \\[b\\]\\(c\\) <\u2060\\#1\\> 1\\. x',
  );
  expect(inHtml('<b>@a & "b"</b>')).toBe('&lt;b&gt;@\u2060a &amp; "b"&lt;/b&gt;');
});

it('signs as the convention "Standard Webhooks" has it in its own tests', () => {
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
  const body = '{"test": 2432232314}';
  expect(signature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', { id, seconds: '1614265330', body })).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

describe('the JSON of a webhook', () => {
  const fields = { title: 'a", "admin": true, "x": "', urgent: true, body: '{{title}}' };

  it('takes values as texts, and a field alone with its type', () => {
    const template = { text: 'New: {{ title }}!', flags: ['{{urgent}}'], deep: { of: '{{body}}' }, n: 1 };
    expect(filled(template, fields)).toEqual({
      text: `New: ${fields.title}!`,
      flags: [true],
      // A value is not read again.
      deep: { of: '{{title}}' },
      n: 1,
    });
  });

  it.each([
    ['{"a": "{{title}} {{at}}"}', null],
    ['{"a": "{{ titel }}"}', 'titel'],
    ['{"a": "{{constructor}}"}', 'constructor'],
  ])('%s: unknown is %s', (template, unknown) => {
    expect(unknownField(template)).toBe(unknown);
  });
});
