import type { HandshakeHeaders } from '../base/network-ports.js';

/**
 * Who refused a handshake: the node, the part of the node that reads handshakes, or something else, such as a proxy in
 * front of the node.
 */
export type Refuser = 'node' | 'handshake' | 'other';

/**
 * Reads status and headers of a refusal (PROTOCOL 4.1.3). A node has marks of its own in each. An answer without them
 * counts as another program's only with a sign of that program: a node names no server, sends no pages, and says 404 in
 * JSON.
 */
export function refuserOf(status: number, headers: HandshakeHeaders): Refuser {
  if (headers['sec-websocket-version'] !== undefined) return 'handshake';
  const allowed = String(headers['access-control-allow-headers'] ?? '');
  if (headers['x-request-id'] !== undefined || /\bX-Real-IP\b/i.test(allowed)) return 'node';
  const type = String(headers['content-type'] ?? '');
  const isPage = /\bhtml\b/i.test(type);
  const isBare = status === 404 && !/\bjson\b/i.test(type);
  return isPage || isBare || headers['server'] !== undefined ? 'other' : 'node';
}
