/** Connects to a host through a proxy, by HTTP CONNECT or SOCKS5. */
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { Socks5Client } from 'undici/lib/core/socks5-client.js';
import { HttpFailure, type HttpFailureReason } from '../base/network-ports.js';
import { openTcp } from './open-tcp.js';
import { nameOf, type Proxy } from './proxies.js';

export interface TunnelTarget {
  host: string;
  port: number;
}

/**
 * Opens a connection through the proxy; the proxy resolves host names. Rejects with `HttpFailure` that says why the
 * proxy failed.
 */
export async function tunnel(proxy: Proxy, place: TunnelTarget, signal: AbortSignal): Promise<Socket> {
  try {
    return await (proxy.kind === 'socks' ? socks(proxy, place, signal) : connectBy(proxy, place, signal));
  } catch (error) {
    if (error instanceof HttpFailure) throw error;
    throw failed(proxy, 'proxy-down', error instanceof Error ? error.message : '');
  }
}

function failed(proxy: Proxy, reason: HttpFailureReason, message: string): HttpFailure {
  return new HttpFailure('unreachable', message, { reason, proxy: nameOf(proxy) });
}

function connectBy(proxy: Proxy, { host, port }: TunnelTarget, signal: AbortSignal): Promise<Socket> {
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const request = (proxy.kind === 'https' ? secureRequest : plainRequest)({
    host: proxy.host,
    port: proxy.port,
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...authorization(proxy) },
    agent: false,
    signal,
  });
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.once('connect', ({ statusCode = 0 }, socket, head) => {
      socket.on('error', reject);
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket as Socket);
        return;
      }
      socket.destroy();
      reject(failed(proxy, statusCode === 407 ? wantsLogin(proxy) : 'proxy-refused', `status ${statusCode}`));
    });
    request.end();
  });
}

function authorization({ login }: Proxy): Record<string, string> {
  if (login === null) return {};
  const pair = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  return { 'proxy-authorization': `Basic ${pair}` };
}

async function socks(proxy: Proxy, { host, port }: TunnelTarget, signal: AbortSignal): Promise<Socket> {
  const socket = await openTcp(proxy, signal);
  const login = proxy.login === null ? {} : { username: proxy.login.user, password: proxy.login.password };
  const client = new Socks5Client(socket, login);
  await new Promise<void>((resolve, reject) => {
    // This listener stays for the life of the socket: without a listener an error would end the process.
    client.on('error', (error) => reject(failed(proxy, socksReason(proxy, error), error.message)));
    client.once('close', () => reject(failed(proxy, 'proxy-refused', 'closed')));
    client.once('authenticated', () => client.connect(host, port));
    client.once('connected', () => resolve());
    client.handshake();
  });
  return socket;
}

function socksReason(proxy: Proxy, { code = '' }: { code?: string | undefined }): HttpFailureReason {
  return code.startsWith('UND_ERR_SOCKS5_AUTH') ? wantsLogin(proxy) : 'proxy-refused';
}

function wantsLogin({ login }: Proxy): HttpFailureReason {
  return login === null ? 'proxy-login' : 'proxy-wrong-login';
}
