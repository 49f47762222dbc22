/** An agency with people, set up through the server's own API, as the Administration Sergeant would by hand. */
import type { Role } from '#domain/records/agency.ts';
import type { HotlistEntry, HotlistSource } from '#domain/records/hotlist.ts';
import { Secret, TOTP } from 'otpauth';
import type { EnrollmentCode, NewAuthenticator, SearchAnswer } from '#domain/wire/answers.ts';
import type { SearchRequest } from '#domain/wire/requests.ts';

export interface Account {
  readonly signInName: string;
  readonly password: string;
}

/** A signed-in person who speaks HTTP: keeps the session cookie, gives JSON back, throws on a refusal. */
export class Person {
  #cookie = '';
  #account: Account | undefined;

  constructor(private readonly url: string) {}

  async ask<T>(method: string, path: string, body?: unknown, triesLeft = 30): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        origin: this.url,
        ...(this.#cookie !== '' && { cookie: this.#cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' })
      },
      ...(body !== undefined && { body: JSON.stringify(body) })
    });
    if (response.status === 503 && triesLeft > 0) {
      // A machine that does much else: the server says that it is busy, and to try again in a few seconds.
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return this.ask(method, path, body, triesLeft - 1);
    }
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) this.#cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    // As at the page's prompt: a privileged act asks anew who is there.
    if (response.status === 403 && text.includes('"proveAgain"') && this.#account !== undefined && triesLeft > 0) {
      await this.ask('POST', '/api/session/proof', { kind: 'password', password: this.#account.password });
      return this.ask(method, path, body, 0);
    }
    // A session ends when it was idle for half an hour; a rig that runs for longer signs in anew, as a person does.
    if (response.status === 401 && text.includes('"signInFirst"') && this.#account !== undefined && triesLeft > 0) {
      await this.ask('POST', '/api/session', this.#account, 0);
      return this.ask(method, path, body, 0);
    }
    if (!response.ok) throw new Error(`${method} ${path.split('?')[0]} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Sends a list file. */
  async send(path: string, file: string): Promise<void> {
    const headers = { origin: this.url, cookie: this.#cookie, 'content-type': 'application/x-hotlist' };
    const response = await fetch(this.url + path, { method: 'PUT', headers, body: file });
    if (!response.ok) throw new Error(`PUT ${path} answered ${response.status}: ${await response.text()}`);
  }

  async signIn(account: Account): Promise<this> {
    this.#account = account;
    await this.ask('POST', '/api/session', account);
    return this;
  }

  search(request: Omit<SearchRequest, 'reason'>): Promise<SearchAnswer> {
    const reason = {
      purpose: 'criminalInvestigation',
      caseNumber: '26-004412',
      factualBasis: 'Witness saw the vehicle leave Example Street that evening'
    };
    return this.ask('POST', '/api/reads/search', { reason, ...request });
  }
}

export interface Agency {
  readonly url: string;
  readonly administrator: Account;
  readonly operator: Account;
  readonly investigator: Account;
  newEnrollmentCode(): Promise<string>;
  loadHotlist(entries: readonly HotlistEntry[]): Promise<void>;
}

const PASSWORD = 'a long invented pass phrase';

function fileOf(entries: readonly HotlistEntry[]): string {
  const lines = entries.map(({ ref, plate, jurisdiction, category, vehicle, enteredOn, enteringAgency, caution }) =>
    [
      ref,
      plate,
      jurisdiction,
      category,
      vehicle?.year,
      vehicle?.make,
      vehicle?.model,
      vehicle?.color,
      enteredOn,
      enteringAgency,
      caution
    ]
      .map((cell) => `"${cell ?? ''}"`)
      .join(',')
  );
  return ['record,plate,state,category,year,make,model,color,entered,agency,caution', ...lines, ''].join('\n');
}

const minnesotaFile = (): HotlistSource => ({
  sourceId: crypto.randomUUID(),
  kind: 'mnPlateFile',
  compareName: 'Minnesota license plate data file',
  existencePublic: true
});

export interface ListFile {
  readonly source: HotlistSource;
  readonly asOf: string;
  /** lines of CSV, their names first */
  readonly file: string;
}

/** Loads a list and releases it to the tablets, however much it differs from the one before. */
export async function loadList(by: Person, { source, asOf, file }: ListFile): Promise<void> {
  const order = { source, asOf, format: 'csv', fileName: 'list.csv' };
  const { id } = await by.ask<{ id: string }>('POST', '/api/hotlists/imports', order);
  await by.send(`/api/hotlists/imports/${id}/file`, file);
  await by.ask('POST', `/api/hotlists/imports/${id}/release`, { confirmsSwing: true });
}

/** Most journeys are about something else: tests/e2e/passkeys.spec.ts and setup.spec.ts are about second factors. */
async function switchSecondFactorsOff(sergeant: Person): Promise<void> {
  const app = await sergeant.ask<NewAuthenticator>('POST', '/api/session/factors/new-authenticator', {});
  await sergeant.ask('POST', '/api/session/factors/authenticator', {
    id: app.id,
    label: 'Phone',
    code: codeOf(app.secret)
  });
  await sergeant.ask('PUT', '/api/agency', {
    retentionDays: 30,
    backupDays: 0,
    suspended: false,
    secondFactor: 'optional'
  });
  await sergeant.ask('DELETE', `/api/session/factors/${app.id}`);
}

/** What an authenticator app shows now, or so many steps of half a minute from now. */
export function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, '')) }).generate({
    timestamp: Date.now() + steps * 30_000
  });
}

/** Sets the agency up with the server's one-time code: an Administration Sergeant, an operator, an investigator. */
export async function setUpAgency(url: string, setupCode: string): Promise<Agency> {
  const administrator = { signInName: 'sgt.example', password: PASSWORD };
  await new Person(url).ask('POST', '/api/setup', {
    code: setupCode,
    agencyName: 'Example City Police Department',
    timeZone: 'America/Chicago',
    name: 'Sgt. S. Example',
    ...administrator,
    policy: {
      title: 'Policy 426, Automated License Plate Readers',
      version: '2026-01',
      adoptedOn: '2026-01-05',
      adoptedBy: 'Chief C. Example'
    },
    trainingCourse: 'ALPR operator',
    trainingCompletedOn: '2026-01-10',
    grantSignedBy: 'Chief C. Example'
  });
  const sergeant = await new Person(url).signIn(administrator);
  await switchSecondFactorsOff(sergeant);

  const addMember = async (name: string, signInName: string, roles: readonly Role[]): Promise<Account> => {
    const member = await sergeant.ask<{ _id: string }>('POST', '/api/members', {
      name,
      signInName,
      password: PASSWORD,
      roles
    });
    await sergeant.ask('POST', `/api/members/${member._id}/trainings`, {
      course: 'ALPR operator',
      completedAt: '2026-01-10T15:00:00.000Z',
      expiresAt: null,
      trainer: 'Sgt. T. Example'
    });
    await sergeant.ask('POST', `/api/members/${member._id}/grants`, {
      roles,
      purpose: 'Duties of the position',
      signedBy: 'Chief C. Example',
      until: null
    });
    return { signInName, password: PASSWORD };
  };

  return {
    url,
    administrator,
    operator: await addMember('Ofc. A. Example', 'a.example', ['operator']),
    investigator: await addMember('Inv. B. Example', 'b.example', ['investigator']),
    newEnrollmentCode: async () => (await sergeant.ask<EnrollmentCode>('POST', '/api/devices/codes', {})).code,
    loadHotlist: (entries) =>
      loadList(sergeant, { source: minnesotaFile(), asOf: new Date().toISOString(), file: fileOf(entries) })
  };
}
