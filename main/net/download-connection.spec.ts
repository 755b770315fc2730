import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { DownloadConnection } from './download-connection.js';

it('drops bytes that arrive before the peer is trusted', async () => {
  const connection = new DownloadConnection();
  const arrive = (text: string): void => {
    const part = Buffer.from(text);
    connection.onread.callback(part.length, part);
  };
  arrive('of a peer that nobody trusts');
  connection.carry(new Socket());
  arrive('of the node');
  for await (const part of connection) {
    expect(String(part)).toBe('of the node');
    break;
  }
});
