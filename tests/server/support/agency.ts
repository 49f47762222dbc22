import type { Member, Role } from '#domain/records/agency.ts';
import type { HotlistSource, HotlistVersion } from '#domain/records/hotlist.ts';
import type { Enrollment, EnrollmentCode, ImportReport } from '#domain/wire/answers.ts';
import type { AgencyEntryRequest, OpenImportRequest, SetupRequest } from '#domain/wire/requests.ts';
import { Browser, type Answered } from './browser.ts';
import type { TestServer } from './server.ts';

export const PASSWORD = 'a long enough password';

export function aSetup(code: string, given: Partial<SetupRequest> = {}): SetupRequest {
  return {
    code,
    agencyName: 'Example City Police Department',
    timeZone: 'America/Chicago',
    name: 'Sgt. A. Example',
    signInName: 'sergeant',
    password: PASSWORD,
    policy: { title: 'ALPR policy', version: '426', adoptedOn: '2026-01-05', adoptedBy: 'Chief C. Example' },
    trainingCourse: 'ALPR operator course',
    trainingCompletedOn: '2026-02-01',
    grantSignedBy: 'Chief C. Example',
    ...given
  };
}

/**
 * An agency that is set up, with its Administration Sergeant signed in. Second factors are switched off: most tests are about something
 * else (tests/server/two-factors.test.ts is about them).
 */
export async function anAgencyOn(server: TestServer): Promise<Browser> {
  const sergeant = new Browser(server);
  await sergeant.post('/api/setup', aSetup(server.house.setupCode.issue()));
  const { register } = server.house;
  const agency = register.agency();
  if (agency !== undefined) await register.put({ ...agency, secondFactor: 'optional' });
  await sergeant.post('/api/session', { signInName: 'sergeant', password: PASSWORD });
  return sergeant;
}

/** A member with training and authorization for these roles, signed in. */
export async function aMemberWith(
  server: TestServer,
  sergeant: Browser,
  ...roles: Role[]
): Promise<Browser & { member: Member }> {
  const signInName = `somebody-${roles.join('-').toLowerCase()}`;
  const made = await sergeant.post('/api/members', {
    name: `Ofc. ${roles.join(' ')}`,
    signInName,
    password: PASSWORD,
    roles
  });
  const member = made.body as Member;
  await sergeant.post(`/api/members/${member._id}/trainings`, {
    course: 'ALPR operator course',
    completedAt: '2026-02-01T06:00:00.000Z',
    expiresAt: null,
    trainer: 'Sgt. T. Example'
  });
  await sergeant.post(`/api/members/${member._id}/grants`, {
    roles,
    purpose: 'Patrol duties',
    signedBy: 'Chief C. Example',
    until: null
  });
  const somebody = new Browser(server);
  await somebody.post('/api/session', { signInName, password: PASSWORD });
  return Object.assign(somebody, { member });
}

// What a test builds on must have been given; a machine that is too busy says so here and not three steps later.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what the route answers
function proper<T>({ status, body, text }: Answered): T {
  if (status >= 300) throw new Error(`The server answered ${status}: ${text}`);
  return body as T;
}

/** An enrolled tablet. */
export async function aTablet(server: TestServer, sergeant: Browser): Promise<Browser & { enrollment: Enrollment }> {
  const { code } = proper<EnrollmentCode>(await sergeant.post('/api/devices/codes'));
  const tablet = new Browser(server);
  const enrollment = proper<Enrollment>(await tablet.post('/api/enrollment', { code, label: 'Tablet 1' }));
  tablet.token = enrollment.deviceToken;
  return Object.assign(tablet, { enrollment });
}

/** The source of the lists that tests load. */
export const FILE_SOURCE: HotlistSource = {
  sourceId: '00000000-0000-4000-8000-000000000005',
  kind: 'mnPlateFile',
  compareName: 'Minnesota license plate data file',
  existencePublic: true
};

/** What a list file is sent as. */
export const LIST_FILE = { 'content-type': 'application/x-hotlist' };

/** A list file with a first line of names: plate, state, category, record, expires. */
export const aFile = (rows: readonly string[]): string =>
  ['plate,state,category,record,expires', ...rows, ''].join('\n');

/** Opens an import and sends the file: what it would do. */
export async function readFile(
  server: TestServer,
  sergeant: Browser,
  file: string,
  given: Partial<OpenImportRequest> = {}
): Promise<Answered> {
  const order = { source: FILE_SOURCE, asOf: server.now(), format: 'csv', fileName: 'list.csv', ...given };
  const { id } = proper<{ id: string }>(await sergeant.post('/api/hotlists/imports', order));
  return sergeant.ask('PUT', `/api/hotlists/imports/${id}/file`, file, LIST_FILE);
}

/** Imports a list by the way that people go, and puts it in force. */
export async function aLoadedHotlist(
  server: TestServer,
  sergeant: Browser,
  rows: readonly string[] = ['TST042,MN,stolen vehicle,V-1,'],
  given: Partial<OpenImportRequest> = {}
): Promise<HotlistVersion> {
  const { id } = proper<ImportReport>(await readFile(server, sergeant, aFile(rows), given));
  return proper<HotlistVersion>(await sergeant.post(`/api/hotlists/imports/${id}/release`, { confirmsSwing: true }));
}

/** An own entry as its author writes it. */
export const AN_ENTRY: AgencyEntryRequest = {
  plate: 'TST077',
  jurisdiction: 'MN',
  caseNumber: '26-004412',
  offense: 'Burglary',
  factualBasis: 'A neighbor wrote this plate down as the car left the yard',
  attested: true,
  looksFor: 'vehicle',
  tracking: null,
  days: 7,
  covert: false
};
