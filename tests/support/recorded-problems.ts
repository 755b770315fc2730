import * as z from 'zod';
import type { Problem } from '../../bridge/errors.js';

/** Expected problem for each recorded error class and status; defined here, independent of the client. */
const byCode: Record<string, Problem['code']> = {
  'AccessDeniedHttpException 403': 'forbidden',
  'AutoAllocationNotEnabledException 400': 'conflict',
  'AuthenticationException 401': 'unauthorized',
  'BackupLockedException 400': 'conflict',
  'BadMethodCallException 500': 'panel-error',
  'BadRequestHttpException 400': 'invalid',
  'ConnectionException 500': 'panel-error',
  'DaemonConnectionException 400': 'conflict',
  'DaemonConnectionException 403': 'node-unreachable',
  'DaemonConnectionException 404': 'node-unreachable',
  'DaemonConnectionException 409': 'conflict',
  'DaemonConnectionException 500': 'node-unreachable',
  'DaemonConnectionException 502': 'node-unreachable',
  'DaemonConnectionException 504': 'node-unreachable',
  'DaemonConnectionException 521': 'node-unreachable',
  'FileSizeTooLargeException 400': 'conflict',
  'DatabaseClientFeatureNotEnabledException 400': 'forbidden',
  'DataValidationException 500': 'panel-error',
  // Nearly always a limit or a state; the exceptions are in `byCase`.
  'DisplayException 400': 'conflict',
  'DuplicateDatabaseNameException 400': 'conflict',
  'ErrorException 500': 'panel-error',
  'HttpException 419': 'protocol',
  'HttpException 502': 'conflict',
  'HttpException 503': 'panel-unreachable',
  'HttpForbiddenException 403': 'forbidden',
  'InvalidFilterQuery 400': 'protocol',
  'InvalidPasswordProvidedException 400': 'invalid',
  'InvalidSortQuery 400': 'protocol',
  'MethodNotAllowedHttpException 405': 'protocol',
  'NoAutoAllocationSpaceAvailableException 400': 'conflict',
  'NoSuitableDatabaseHostException 400': 'conflict',
  'NotFoundHttpException 404': 'not-found',
  'QueryException 500': 'panel-error',
  'ServerSubuserExistsException 400': 'conflict',
  'ServiceLimitExceededException 400': 'conflict',
  'ServerStateConflictException 409': 'conflict',
  'ThrottleRequestsException 429': 'rate-limited',
  'TooManyBackupsException 400': 'conflict',
  'TooManyDatabasesException 400': 'conflict',
  'TooManyRequestsHttpException 429': 'rate-limited',
  'TwoFactorAuthRequiredException 400': 'forbidden',
  'TypeError 500': 'panel-error',
  'UserIsServerOwnerException 400': 'conflict',
  'ValidationException 422': 'invalid',
};
/** Expected problem for HTML pages that a panel returns on request, by status. */
const ofPages: Record<number, Problem['code']> = {
  302: 'not-a-panel',
  400: 'not-a-panel',
  404: 'not-a-panel',
  409: 'not-a-panel',
  419: 'not-a-panel',
  429: 'rate-limited',
  500: 'panel-error',
  503: 'panel-unreachable',
};
const byCase: Record<string, Problem['code']> = {
  'api-root': 'not-a-panel',
  'auth-application-key': 'unauthorized',
  // The backup is still being made.
  'backups-restore-running': 'conflict',
  'body-not-json': 'protocol',
  'power-malformed-json': 'protocol',
  // An entry of the person is wrong.
  'schedule-create-bad-cron': 'invalid',
  'schedules-create-bad-cron': 'invalid',
  // The node answered the first task, a command, as for a stopped server.
  'schedules-execute-offline-server': 'conflict',
  'route-not-found': 'not-a-panel',
  'route-not-found-no-key': 'not-a-panel',
};

/** A refused file operation proves nothing about the node's state (PROTOCOL 2.15.6). */
function isRefusedFile(name: string, word: string): boolean {
  return /^(?:files|odd)-/.test(name) && /^DaemonConnectionException (?:40\d|50[02])$/.test(word);
}

export interface RecordedPanel {
  folder: string;
  name: string;
  /** Minimum number of answers, successes of Perch's own requests, and errors. */
  least: readonly [number, number, number];
  byCode: Record<string, Problem['code']>;
  byCase: Record<string, Problem['code']>;
  /** True for a set about the whole client API, of which Perch uses only a part. */
  holdsOtherCalls?: boolean;
}

/** Recorded panels and their differences. */
export const recordedPanels: readonly RecordedPanel[] = [
  { folder: 'panel-1.11.7', name: 'Pterodactyl 1.11.7', least: [371, 121, 151], byCode: {}, byCase: {} },
  {
    folder: 'pelican-2026-08',
    name: 'Pelican of August 2026',
    least: [380, 170, 190],
    byCode: {
      'ConnectionException 500': 'node-unreachable',
      'Error 500': 'panel-error',
      'RequestException 500': 'conflict',
    },
    byCase: {
      'auth-application-key-server': 'unauthorized',
      'panel-cache-down': 'panel-error',
      'panel-cache-down-resources': 'panel-error',
    },
  },
  {
    folder: 'client-api-2026-11/pterodactyl',
    name: 'Pterodactyl 1.11.8 of November 2026',
    least: [319, 193, 126],
    byCode: {},
    byCase: { 'application-key': 'unauthorized' },
    holdsOtherCalls: true,
  },
  {
    folder: 'client-api-2026-11/pelican',
    name: 'Pelican of November 2026',
    least: [154, 86, 67],
    byCode: {
      'ConnectionException 500': 'node-unreachable',
      'FileExistsException 500': 'conflict',
      'FileNotEditableException 500': 'conflict',
      'FileNotFoundException 500': 'conflict',
      'RequestException 500': 'conflict',
    },
    byCase: {},
    holdsOtherCalls: true,
  },
];

const firstErrorSchema = z.object({ errors: z.array(z.object({ code: z.string() })) });

/** Expected problem for an error of this panel; undefined = not decided. */
export function expectedProblem(
  panel: RecordedPanel,
  name: string,
  response: { status: number; body: unknown },
): Problem['code'] | undefined {
  const parsed = firstErrorSchema.safeParse(response.body);
  if (!parsed.success) return ofPages[response.status];
  const word = `${parsed.data.errors[0]?.code} ${response.status}`;
  if (isRefusedFile(name, word)) return 'conflict';
  return panel.byCase[name] ?? byCase[name] ?? panel.byCode[word] ?? byCode[word];
}
