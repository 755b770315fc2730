import { MessageType, serializeMessage } from 'd-bus-message-protocol';
import { parseTypes } from 'd-bus-type-system';
import { describe, expect, it } from 'vitest';
import {
  BusReader,
  encodeAnswer,
  encodeCall,
  encodeRefusal,
  encodeSignal,
  variantOf,
  type BusNews,
} from './bus-wire.js';

const signal = (text: string): Uint8Array =>
  new Uint8Array(
    serializeMessage({
      messageType: MessageType.Signal,
      serial: 7,
      objectPath: '/there',
      interfaceName: 'org.example.Thing',
      memberName: 'Said',
      types: parseTypes('s'),
      args: [text],
    }),
  );
const said = (news: readonly BusNews[]) =>
  news.map((each) => (each.kind === 'signal' ? each.signal.args[0] : each.kind));

describe('BusReader', () => {
  it('finds the messages however the stream is cut', () => {
    const stream = Buffer.concat([signal('one'), signal('two and more'), signal('')]);
    for (const step of [1, 7, 16, 33, stream.length]) {
      const reader = new BusReader();
      const found: BusNews[] = [];
      for (let at = 0; at < stream.length; at += step)
        found.push(...reader.take(stream.subarray(at, at + step)));
      expect(said(found)).toEqual(['one', 'two and more', '']);
    }
  });

  it('reads answers, errors and calls of others', () => {
    const answer = serializeMessage({
      messageType: MessageType.MethodReturn,
      serial: 1,
      replySerial: 5,
      types: parseTypes('ao'),
      args: [['/a']],
    });
    const refusal = serializeMessage({
      messageType: MessageType.Error,
      serial: 2,
      replySerial: 6,
      errorName: 'org.example.No',
    });
    const call = encodeCall(3, {
      destination: 'org.example',
      path: '/',
      interface: 'org.example',
      member: 'Do',
    });
    const stream = Buffer.concat([new Uint8Array(answer), call, new Uint8Array(refusal)]);
    expect(new BusReader().take(stream)).toEqual([
      { kind: 'answer', serial: 5, args: [['/a']] },
      {
        kind: 'request',
        serial: 3,
        isAnswered: true,
        request: { sender: '', path: '/', interface: 'org.example', member: 'Do', args: [] },
      },
      { kind: 'refusal', serial: 6, name: 'org.example.No' },
    ]);
  });

  it('refuses bytes that are no message, and too long messages', () => {
    const long = Buffer.from(signal('x'));
    long.writeUInt32LE(0x0fffffff, 4);
    expect(() => new BusReader().take(long)).toThrow('too long');
    const odd = Buffer.from(signal('x'));
    odd[3] = 9;
    expect(() => new BusReader().take(odd)).toThrow();
  });
});

it('a call carries values of every kind that the Secret Service accepts', () => {
  const bytes = encodeCall(9, {
    destination: 'org.example',
    path: '/there',
    interface: 'org.example.Thing',
    member: 'Create',
    signature: 'a{sv}(oayays)b',
    args: [[['Label', variantOf('s', 'perch/home')]], ['/s', [1, 2], [], 'text/plain'], true],
  });
  expect(Buffer.from(bytes).toString('latin1')).toContain('perch/home');
});

it('reads answers, errors and signals unchanged', () => {
  const stream = Buffer.concat([
    encodeAnswer(1, ':1.7', 5, { signature: 'u(ia{sv}av)', args: [2, [0, [], []]] }),
    encodeAnswer(2, ':1.7', 6, {}),
    encodeRefusal(3, ':1.7', 7, 'org.example.No'),
    encodeSignal(
      4,
      { path: '/there', interface: 'org.example.Thing', member: 'Said' },
      { signature: 's', args: ['x'] },
    ),
  ]);
  expect(new BusReader().take(stream)).toEqual([
    { kind: 'answer', serial: 5, args: [2, [0, [], []]] },
    { kind: 'answer', serial: 6, args: [] },
    { kind: 'refusal', serial: 7, name: 'org.example.No' },
    {
      kind: 'signal',
      signal: { sender: '', path: '/there', interface: 'org.example.Thing', member: 'Said', args: ['x'] },
    },
  ]);
});
