import { describe, expect, it } from 'vitest';
import { addressFailure } from './failures.js';

describe('the address of a node', () => {
  const codeOf = (address: string, origin = 'https://panel.example.com', mayBeUnencrypted = false) =>
    addressFailure(address, origin, mayBeUnencrypted)?.problem.code ?? null;

  it.each(['', 'node.example.com', 'https://node.example.com', 'javascript:0', 'ws://'])(
    'must be an address of a websocket: %s',
    (address) => {
      expect(codeOf(address)).toBe('protocol');
    },
  );

  it('must be encrypted if the panel is', () => {
    expect(codeOf('wss://node.example.com/ws')).toBeNull();
    expect(codeOf('ws://node.example.com/ws')).toBe('node-unencrypted');
    expect(codeOf('ws://127.0.0.1:8080/ws')).toBeNull();
  });

  it('may be unencrypted if the panel is, or if the user allows it', () => {
    expect(codeOf('ws://node.example.com/ws', 'http://panel.example.com')).toBeNull();
    expect(codeOf('ws://node.example.com/ws', undefined, true)).toBeNull();
  });
});
