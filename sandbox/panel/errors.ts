/** Errors of the panel and their format (PROTOCOL 1.3, 3.1). */

export interface ErrorEntry {
  code: string;
  detail: string;
  meta?: Record<string, unknown>;
}

/** Answer to a request without a JSON `Accept`: a page with the status, a redirect back, or a redirect to the login. */
export type HtmlForm = 'page' | 'back' | 'login';

/** Answer of the panel that is an error. */
export class PanelError extends Error {
  constructor(
    readonly status: number,
    readonly entries: readonly ErrorEntry[],
    readonly html: HtmlForm = 'page',

    /** Additional headers, such as `Retry-After`. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(entries[0]?.code ?? 'Error');
    this.name = 'PanelError';
  }
}

export function panelError(
  status: number,
  code: string,
  detail: string,
  html: HtmlForm = 'page',
): PanelError {
  return new PanelError(status, [{ code, detail }], html);
}

/** Unexpected exception. The answer names its class, but not its text. */
export function unexpected(code: string): PanelError {
  return panelError(
    500,
    code,
    'An unexpected error was encountered while processing this request, please try again.',
  );
}

/** Failure of the panel itself. */
export const crashed = (error: unknown): PanelError =>
  unexpected(error instanceof Error ? error.name : 'ErrorException');

export const unknownServer = (): PanelError =>
  panelError(404, 'NotFoundHttpException', 'The requested resource could not be found on the server.');

export const noAccess = (): PanelError =>
  panelError(404, 'NotFoundHttpException', 'The requested resource does not exist on this server.');

export const noRoute = (path: string): PanelError =>
  panelError(404, 'NotFoundHttpException', `The route ${path.replace(/^\/+|\/+$/g, '')} could not be found.`);

export function wrongVerb(verb: string, path: string, allowed: string): PanelError {
  const detail = `The ${verb} method is not supported for route ${path.replace(/^\/+|\/+$/g, '')}. Supported methods: ${allowed}.`;
  return new PanelError(405, [{ code: 'MethodNotAllowedHttpException', detail }], 'page', {
    allow: allowed,
  });
}

export const csrfMismatch = (): PanelError => panelError(419, 'HttpException', 'CSRF token mismatch.');

export const malformedJson = (): PanelError =>
  panelError(
    400,
    'BadRequestHttpException',
    'The JSON data passed in the request appears to be malformed: Syntax error',
  );

export const twoFactorRequired = (): PanelError =>
  panelError(
    400,
    'TwoFactorAuthRequiredException',
    'Two-factor authentication is required on this account in order to access this endpoint.',
  );

export const addressRefused = (ip: string): PanelError =>
  panelError(
    403,
    'AccessDeniedHttpException',
    `This IP address (${ip}) does not have permission to access the API using these credentials.`,
  );

export const applicationKey = (): PanelError =>
  panelError(
    403,
    'AccessDeniedHttpException',
    'You are attempting to use an application API key on an endpoint that requires a client API key.',
  );

/** The egg has no such variable, or the variable is hidden (PROTOCOL 2.11). */
export const noSuchVariable = (): PanelError =>
  panelError(
    400,
    'BadRequestHttpException',
    'The environment variable you are trying to edit does not exist.',
  );

/** The value fits the rules but can't be stored, because it is not a string (PROTOCOL 2.11). */
export const notAText = (modelNamespace: string): PanelError =>
  panelError(
    500,
    'DataValidationException',
    `Could not save ${modelNamespace}\\ServerVariable: failed to validate data: {"variable_value":["The variable value must be a string."]}`,
  );

/** The node did not answer. */
export const nodeUnreachable = (): PanelError =>
  panelError(
    504,
    'DaemonConnectionException',
    'Could not establish a connection to the machine running this server. Please try again.',
    'back',
  );

/** The node refused. Its status is forwarded, except for resources, where the status is always 504 (PROTOCOL 3.3). */
export function nodeRefused(status: number, text: string, requestId: string, forward: boolean): PanelError {
  if (forward && status >= 400 && status < 500) {
    return panelError(
      status,
      'DaemonConnectionException',
      `An error occurred on the remote host: ${text}. (request id: ${requestId})`,
      'back',
    );
  }
  const detail =
    'There was an error while communicating with the machine running this server. This error has been logged, ' +
    `please try again. (code: ${status}) (request_id: ${requestId})`;
  const shown = forward ? (status < 400 ? 502 : status) : 504;
  return panelError(shown, 'DaemonConnectionException', detail, 'back');
}

/** Body of an error as JSON. `debug` adds the details of a panel in debug mode (PROTOCOL 3.1). */
export function envelope(error: PanelError, debug: boolean): unknown {
  return {
    errors: error.entries.map(({ code, detail, meta }) => ({
      code,
      status: String(error.status),
      detail,
      ...(debug ? { source: { line: 1, file: '/app/Http/Kernel.php' } } : {}),
      ...(debug ? { meta: { trace: debugTrace, previous: [], ...meta } } : meta ? { meta } : {}),
    })),
  };
}

const debugTrace = [
  { file: '/sandbox/app/Http/Kernel.php', line: 1, function: 'handle', class: 'Kernel', type: '->' },
  { file: '/sandbox/public/index.php', line: 1, function: 'require' },
];

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Payload Too Large',
  419: 'Page Expired',
  429: 'Too Many Requests',
  500: 'Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

export function errorPage(status: number): string {
  const title = titles[status] ?? 'Error';
  return `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${status}</h1><p>${title}</p></body></html>\n`;
}

export function redirectPage(target: string): string {
  const safe = target.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url='${safe}'"><title>Redirecting</title></head><body><a href="${safe}">${safe}</a></body></html>\n`;
}
