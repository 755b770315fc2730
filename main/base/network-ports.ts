/**
 * Interfaces of the network. Implementations: `http.ts`, `socket.ts`, `undici-download.ts` and `undici-upload.ts` of
 * main/net; tests pass their own.
 */
import type { CertificateFacts, RefusedCertificate } from '../../bridge/schema/certificate.js';
import type { OwnProxy, ProxySetting, RouteTaken } from '../../bridge/schema/proxy.js';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  /** True if the caller wants the unchanged body of a success, in `HttpResponse.bytes`. */
  keepsBytes?: boolean;
  /** Limit of the whole request, connection included. */
  timeoutMs: number;
  /** A longer body ends the request with `HttpFailure` of kind `too-large`. */
  maxBytes: number;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** The unchanged body of a success, if the request asked for bytes; `body` is then empty. */
  bytes?: Uint8Array;
}

/** Reason why no answer came. */
export type HttpFailureKind =
  'timeout' | 'unreachable' | 'unknown-host' | 'tls-untrusted' | 'too-large' | 'reset';

/** Details beyond the kind, which choose the sentence for the user. */
export type HttpFailureReason =
  /** The certificate differs from the pinned one. */
  | 'certificate-changed'
  /** The certificate is expired or not valid yet; pinning would not help. */
  | 'certificate-expired'
  /** The certificate is for other host names. */
  | 'certificate-name'
  /** `https://` on a port that speaks plain text. */
  | 'no-tls'
  /** `http://` on a port that speaks only TLS. */
  | 'tls-only'
  /** The port does not speak HTTP. */
  | 'not-http'
  /** The proxy is unreachable, wants a login, refuses the login, or refuses the connection. */
  | 'proxy-down'
  | 'proxy-login'
  | 'proxy-wrong-login'
  | 'proxy-refused';

export interface FailureDetails {
  reason?: HttpFailureReason | undefined;
  /** The certificate that was refused. */
  certificate?: RefusedCertificate | undefined;
  /** Host and port of the proxy that failed. */
  proxy?: string | undefined;
}

/** Failure to connect or to get an answer, also of websockets. */
export class HttpFailure extends Error {
  readonly reason: HttpFailureReason | undefined;
  readonly certificate: RefusedCertificate | undefined;
  readonly proxy: string | undefined;

  constructor(
    readonly kind: HttpFailureKind,
    message: string,
    details: FailureDetails = {},
  ) {
    super(message);
    this.name = 'HttpFailure';
    this.reason = details.reason;
    this.certificate = details.certificate;
    this.proxy = details.proxy;
  }
}

/** HTTP client for one panel or service. Follows no redirects, keeps no cookies, sends no Origin (PROTOCOL 1.4). */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** Certificate that the user agreed to, pinned to one panel or node (PLATFORM, "Security"). */
export interface TrustedCertificate {
  pem: string;
  fingerprint: string;
  /** Wall-clock time of the agreement; files of older versions lack it. */
  agreedAt?: number | undefined;
}

/** Pinned certificate of a node, which differs from its panel's. */
export interface TrustedNode extends TrustedCertificate {
  /** Host as in an address, with the port unless it is 443. */
  host: string;
}

/** Certificate as a host presents it, whoever signed it. */
export interface PresentedCertificate {
  pem: string;
  facts: CertificateFacts;
}

/** Trust in one host beyond certificate authorities. */
export interface Trust {
  /** The certificate that the user has agreed to by now; null = none. */
  agreed(): TrustedCertificate | null;
  /** Called when an authority vouches for the host, so the pin is not needed any more. */
  outgrown(): void;
}

export interface Proxies {
  /** Proxies for an address in the format of a PAC file: `PROXY proxy.example.com:3128; DIRECT`. Never rejects. */
  resolve(url: string): Promise<string>;
  /** Drops cached answers after a change of network or a sleep. */
  forget(): void;
}

/** The user's proxy setting and its password. */
export interface ProxyPreference {
  readonly current: ProxySetting;
  /**
   * Password of this proxy, also after another was chosen; null if there is none or the keychain does not return it.
   * Never rejects.
   */
  password(own: OwnProxy): Promise<string | null>;
}

export type HandshakeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface SocketEvents {
  open(): void;
  /** Text of a frame; binary frames are decoded as UTF-8. */
  message(text: string): void;
  /** Answer to the ping with this mark; 0 = a pong without a ping from Perch. */
  pong(mark: number): void;
  /** The handshake was answered with a status other than 101, and with these headers, in lower case. */
  refused(status: number, headers: HandshakeHeaders): void;
  /** Called once, also after `refused` and after a connection that never opened (code 1006, with the cause). */
  closed(code: number, reason: string, failure?: HttpFailure): void;
}

export interface Socket {
  send(text: string): void;
  /** The pong carries the same `mark`. By then the other side has read everything sent before. */
  ping(mark: number): void;
  /** Stops or resumes reading from the network (back-pressure). */
  setPaused(paused: boolean): void;
  /** Closes in order: data sent before still arrives. */
  close(): void;
  /** Closes at once and discards data that has not left this computer. */
  reset(): void;
}

export type OpenSocket = (url: string, headers: Record<string, string>, events: SocketEvents) => Socket;

export interface DownloadRequest {
  /** One-time secret (PROTOCOL 2.16.13): no log, no error and no file may hold it. */
  url: string;
  /** Ends the connection at once. */
  signal: AbortSignal;
}

/** Answer of a node to a download. Whoever got it calls `close`, read or not. */
export interface Download {
  status: number;
  /** Length that the node announces, in bytes; null = none. */
  bytes: number | null;
  /**
   * The content. Nothing is read from the network while nobody asks for the next part (back-pressure), for however
   * long. The memory of a part is used again as soon as somebody asks for the next one. Rejects with `HttpFailure`:
   * `reset` for a connection that was cut, `timeout` for a node that sends nothing.
   */
  body: AsyncIterable<Uint8Array>;
  close(): void;
}

/** Follows no redirects. Rejects with `HttpFailure`. */
export type OpenDownload = (request: DownloadRequest) => Promise<Download>;

export interface UploadRequest extends DownloadRequest {
  /** Media type of the content. */
  type: string;
  /** Length of the content, exactly. */
  bytes: number;
  /** Nothing more is asked for while the network takes nothing. Whoever wants the content to end throws in it. */
  content: AsyncIterable<Uint8Array>;
}

export interface UploadAnswer {
  status: number;
  /** Beginning of the node's answer. */
  text: string;
}

/** Follows no redirects. Rejects with `HttpFailure`, or with the error of the content. */
export type SendUpload = (request: UploadRequest) => Promise<UploadAnswer>;

/** Connections to panels and nodes, each through the proxy that applies. */
export interface Network {
  http(trust: Trust): Http;
  /** Websockets to nodes; `trustOf` is called with the host of each. */
  sockets(trustOf: (host: string) => Trust): OpenSocket;
  /** Downloads from nodes; `trustOf` is called with the host of each. */
  downloads(trustOf: (host: string) => Trust): OpenDownload;
  /** Uploads to nodes; `trustOf` is called with the host of each. */
  uploads(trustOf: (host: string) => Trust): SendUpload;
  /**
   * A connection without TLS, for a protocol with its own encryption. `place` = host and port as in an address. The
   * connection is cut when the person chooses another proxy. Rejects with `HttpFailure`.
   */
  stream(place: string): Promise<NodeJS.ReadWriteStream>;
  /** Connects without a request and returns the presented certificate, to show and pin it. */
  certificateOf(url: string): Promise<PresentedCertificate>;
  /**
   * Routes that a connection to a panel or node would try now, in this order.
   * `url` = address of the panel or node (`https:`, `wss:`, ...); its path does not matter. The names are for the user
   * and hold no login. Never rejects.
   */
  routeTo(url: string): Promise<RouteTaken[]>;
  /** The computer changed its network or was asleep: proxies are looked up again. */
  changed(): void;
  /** The user chose another proxy: connections through the old one close in order and are made again. */
  rerouted(): void;
}
