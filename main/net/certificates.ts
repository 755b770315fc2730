import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { failureOf } from './http-failures.js';
import { HttpFailure, type TrustedCertificate } from '../base/ports.js';

const timeoutMs = 10_000;

/**
 * The certificate that a server presents, whoever signed it, so that a person can compare and pin it. Verification is
 * off here on purpose; nothing is sent over this connection. Rejects with `HttpFailure`.
 */
export async function certificateOf(url: string): Promise<TrustedCertificate> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'https:')
    throw new HttpFailure('unreachable', 'only https has certificates', undefined, 'no-tls');
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  try {
    return await present(host, port === '' ? 443 : Number(port));
  } catch (error) {
    throw failureOf(error, false);
  }
}

function present(host: string, port: number): Promise<TrustedCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      rejectUnauthorized: false,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    socket.setTimeout(timeoutMs, () => socket.destroy(new HttpFailure('timeout', 'no certificate in time')));
    socket.once('error', reject);
    socket.once('close', () => reject(new HttpFailure('reset', 'closed before the certificate was there')));
    socket.once('secureConnect', () => {
      const { raw, fingerprint256 } = socket.getPeerCertificate();
      resolve({ pem: asPem(raw), fingerprint: fingerprint256 });
      socket.destroy();
    });
  });
}

function asPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
