/** Tokens as panels issue them (PROTOCOL 4.2), unsigned: no test forges tokens. */
export interface TokenClaims {
  iat: number;
  exp: number;
  server_uuid: string;
  permissions: string[];
}

const header = base64({ alg: 'HS256', typ: 'JWT' });

export function issueToken(serverUuid: string, now: number, lifetimeSeconds: number): string {
  const iat = Math.floor(now / 1000);
  const claims: TokenClaims = {
    iat,
    exp: iat + lifetimeSeconds,
    server_uuid: serverUuid,
    permissions: ['*'],
  };
  return `${header}.${base64(claims)}.c2lnbmVk`;
}

export function readToken(token: string): TokenClaims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as TokenClaims;
}

function base64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
