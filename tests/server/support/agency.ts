import type { Member, Role } from '#domain/records/agency.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import type { Enrollment, EnrollmentCode } from '#domain/wire/answers.ts';
import type { SetupRequest } from '#domain/wire/requests.ts';
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
function given<T>({ status, body, text }: Answered): T {
  if (status >= 300) throw new Error(`The server answered ${status}: ${text}`);
  return body as T;
}

/** An enrolled tablet. */
export async function aTablet(server: TestServer, sergeant: Browser): Promise<Browser & { enrollment: Enrollment }> {
  const { code } = given<EnrollmentCode>(await sergeant.post('/api/devices/codes'));
  const tablet = new Browser(server);
  const enrollment = given<Enrollment>(await tablet.post('/api/enrollment', { code, label: 'Tablet 1' }));
  tablet.token = enrollment.deviceToken;
  return Object.assign(tablet, { enrollment });
}

export async function aLoadedHotlist(server: TestServer, sergeant: Browser): Promise<HotlistVersion> {
  const loaded = await sergeant.post('/api/hotlists', {
    source: {
      sourceId: '00000000-0000-4000-8000-000000000005',
      kind: 'mnPlateFile',
      compareName: 'Minnesota license plate data file',
      existencePublic: true
    },
    asOf: server.now(),
    entries: [{ ref: 'V-1', plate: 'TST042', jurisdiction: 'MN', category: 'stolenVehicle', expiresAt: null }]
  });
  return loaded.body as HotlistVersion;
}
