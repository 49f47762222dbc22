/** The one way from a page to the server: JSON over the same origin, refusals as values, never an exception for a lost link. */
import type * as Answers from '#domain/wire/answers.ts';
import type * as Requests from '#domain/wire/requests.ts';
import type { ConfidentialAct } from '#domain/records/confidential.ts';
import type { MonthlyFigures } from '#domain/policy/hit-figures.ts';
import type { Agency, Device, Member } from '#domain/records/agency.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import type { PictureName } from '#domain/records/read.ts';

export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly status: number; readonly refusal: Answers.Refusal }
  | { readonly kind: 'unreachable' };

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the pages ask of the server. Each method answers with an outcome; none throws for a network that is gone. */
export class Api {
  readonly #fetch: typeof fetch;
  readonly #signedOut: () => void;
  readonly #prove: () => Promise<boolean>;
  /** ended when somebody leaves: no answer to one person may reach the next */
  #visit = new AbortController();

  /**
   * `signedOut` is called whenever the server no longer knows the session; `prove` when an act asks anew who is there: true means
   * proved, and the act is repeated.
   */
  constructor(
    fetcher: typeof fetch,
    signedOut: () => void,
    prove: () => Promise<boolean> = () => Promise.resolve(false)
  ) {
    this.#fetch = fetcher;
    this.#signedOut = signedOut;
    this.#prove = prove;
  }

  status = (): Promise<Outcome<Answers.ServerStatus>> => this.#ask('GET', '/api/status');
  setUp = (given: Requests.SetupRequest): Promise<Outcome<unknown>> => this.#ask('POST', '/api/setup', given);

  session = (): Promise<Outcome<Answers.SessionView>> => this.#ask('GET', '/api/session');
  signIn = (given: Requests.SignInRequest): Promise<Outcome<Answers.SessionView>> =>
    this.#ask('POST', '/api/session', given);
  /** Ends the session. What is still on its way is given up as unreachable: a late sign-in must not bring back who has left. */
  signOut = (): Promise<Outcome<unknown>> => {
    this.#visit.abort();
    this.#visit = new AbortController();
    return this.#ask('DELETE', '/api/session');
  };

  passkeyChallenge = (): Promise<Outcome<Answers.PasskeyChallenge>> =>
    this.#ask('POST', '/api/session/passkey-challenge', {});
  signInWithPasskey = (given: Requests.PasskeyAnswer): Promise<Outcome<Answers.SessionView>> =>
    this.#ask('POST', '/api/session/passkey', given);
  proofChallenge = (): Promise<Outcome<Answers.PasskeyChallenge>> =>
    this.#ask('POST', '/api/session/proof-challenge', {});
  prove = (given: Requests.ProofRequest): Promise<Outcome<unknown>> => this.#ask('POST', '/api/session/proof', given);
  factors = (): Promise<Outcome<Answers.FactorsAnswer>> => this.#ask('GET', '/api/session/factors');
  newAuthenticator = (): Promise<Outcome<Answers.NewAuthenticator>> =>
    this.#ask('POST', '/api/session/factors/new-authenticator', {});
  addAuthenticator = (given: Requests.NewAuthenticatorRequest): Promise<Outcome<Answers.FactorAdded>> =>
    this.#ask('POST', '/api/session/factors/authenticator', given);
  challengeToAddPasskey = (): Promise<Outcome<Answers.PasskeyChallenge>> =>
    this.#ask('POST', '/api/session/factors/passkey-challenge', {});
  addPasskey = (given: Requests.NewPasskeyRequest): Promise<Outcome<Answers.FactorAdded>> =>
    this.#ask('POST', '/api/session/factors/passkey', given);
  newRecoveryCodes = (): Promise<Outcome<Answers.FactorAdded>> =>
    this.#ask('POST', '/api/session/factors/recovery-codes', {});
  removeFactor = (id: string): Promise<Outcome<unknown>> => this.#ask('DELETE', `/api/session/factors/${id}`);
  resetFactors = (memberId: string): Promise<Outcome<unknown>> =>
    this.#ask('DELETE', `/api/members/${memberId}/factors`);

  members = (): Promise<Outcome<readonly Answers.MemberRow[]>> => this.#ask('GET', '/api/members');
  addMember = (given: Requests.NewMemberRequest): Promise<Outcome<Member>> => this.#ask('POST', '/api/members', given);
  changeMember = (id: string, given: Requests.ChangeMemberRequest): Promise<Outcome<Member>> =>
    this.#ask('PATCH', `/api/members/${id}`, given);
  addTraining = (id: string, given: Requests.NewTrainingRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', `/api/members/${id}/trainings`, given);
  addGrant = (id: string, given: Requests.NewGrantRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', `/api/members/${id}/grants`, given);

  makeEnrollmentCode = (given: Requests.EnrollmentCodeRequest = {}): Promise<Outcome<Answers.EnrollmentCode>> =>
    this.#ask('POST', '/api/devices/codes', given);
  releaseOfficer = (id: string, given: Requests.ReleaseRequest): Promise<Outcome<Answers.ReleaseCode>> =>
    this.#ask('POST', `/api/devices/${id}/releases`, given);
  revokeDevice = (id: string): Promise<Outcome<Device>> => this.#ask('DELETE', `/api/devices/${id}`);

  changeAgency = (given: Requests.ChangeAgencyRequest): Promise<Outcome<Agency>> =>
    this.#ask('PUT', '/api/agency', given);
  adoptPolicy = (given: Requests.PolicyGiven): Promise<Outcome<unknown>> => this.#ask('POST', '/api/policies', given);
  openImport = (given: Requests.OpenImportRequest): Promise<Outcome<{ readonly id: string }>> =>
    this.#ask('POST', '/api/hotlists/imports', given);
  releaseImport = (id: string, given: Requests.ReleaseImportRequest): Promise<Outcome<HotlistVersion>> =>
    this.#ask('POST', `/api/hotlists/imports/${id}/release`, given);
  discardImport = (id: string): Promise<Outcome<unknown>> => this.#ask('DELETE', `/api/hotlists/imports/${id}`);

  agencyEntries = (): Promise<Outcome<readonly Answers.AgencyEntryRow[]>> => this.#ask('GET', '/api/agency-entries');
  proposeEntry = (given: Requests.AgencyEntryRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', '/api/agency-entries', given);
  decideEntry = (id: string, step: 'approval' | 'decline' | 'end'): Promise<Outcome<unknown>> =>
    this.#ask('POST', `/api/agency-entries/${id}/${step}`, {});

  search = (given: Requests.SearchRequest): Promise<Outcome<Answers.SearchAnswer>> =>
    this.#ask('POST', '/api/reads/search', given);
  hits = (): Promise<Outcome<readonly Answers.HitRow[]>> => this.#ask('GET', '/api/hits');
  hitFigures = (): Promise<Outcome<readonly MonthlyFigures[]>> => this.#ask('GET', '/api/hits/figures');
  audit = (): Promise<Outcome<Answers.AuditAnswer>> => this.#ask('GET', '/api/audit');
  openQuery = (entryId: string): Promise<Outcome<Answers.OpenedQuery>> =>
    this.#ask('POST', `/api/audit/${entryId}/query`, {});
  review = (): Promise<Outcome<Answers.ReviewAnswer>> => this.#ask('GET', '/api/review');
  signReview = (given: Requests.SignReviewRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', '/api/review', given);
  due = (): Promise<Outcome<Answers.DueAnswer>> => this.#ask('GET', '/api/due');
  locations = (): Promise<Outcome<Answers.LocationsAnswer>> => this.#ask('GET', '/api/locations');
  enterPlace = (given: Requests.PlaceRequest): Promise<Outcome<unknown>> => this.#ask('POST', '/api/locations', given);
  placeLeft = (id: string, given: Requests.PlaceLeftRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', `/api/locations/${id}/removal`, given);
  withholdPlace = (id: string, given: Requests.WithholdRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', `/api/locations/${id}/withholding`, given);
  showPlace = (id: string): Promise<Outcome<unknown>> => this.#ask('DELETE', `/api/locations/${id}/withholding`);
  recordNotice = (given: Requests.NoticeRequest): Promise<Outcome<unknown>> => this.#ask('POST', '/api/notices', given);
  incidents = (): Promise<Outcome<Answers.IncidentsAnswer>> => this.#ask('GET', '/api/incidents');
  enterIncident = (given: Requests.IncidentRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', '/api/incidents', given);
  stepOfIncident = (id: string, given: Requests.IncidentStepRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', `/api/incidents/${id}/steps`, given);
  quarantine = (): Promise<Outcome<readonly Answers.QuarantineRow[]>> => this.#ask('GET', '/api/quarantine');
  register = (): Promise<Outcome<Answers.RegisterView>> => this.#ask('GET', '/api/register');
  holds = (): Promise<Outcome<Answers.HoldsAnswer>> => this.#ask('GET', '/api/holds');
  previewHold = (given: Requests.HoldRequest): Promise<Outcome<Answers.HoldPreview>> =>
    this.#ask('POST', '/api/holds/preview', given);
  placeHold = (given: Requests.HoldRequest): Promise<Outcome<unknown>> => this.#ask('POST', '/api/holds', given);
  approveHold = (id: string): Promise<Outcome<unknown>> => this.#ask('POST', `/api/holds/${id}/approval`, {});
  declineHold = (id: string): Promise<Outcome<unknown>> => this.#ask('POST', `/api/holds/${id}/decline`, {});
  reaffirmHold = (id: string): Promise<Outcome<unknown>> => this.#ask('POST', `/api/holds/${id}/reaffirmation`, {});
  endHold = (id: string, given: Requests.EndHoldRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', `/api/holds/${id}/end`, given);
  confidential = (asked: ConfidentialAct = { kind: 'look' }): Promise<Outcome<Answers.ConfidentialAnswer>> =>
    this.#ask('POST', '/api/confidential', asked);
  dataReleases = (): Promise<Outcome<Answers.DataReleasesAnswer>> => this.#ask('GET', '/api/data-releases');
  enterDataRelease = (given: Requests.DataReleaseRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', '/api/data-releases', given);
  approveDataRelease = (id: string, given: Requests.ApproveReleaseRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', `/api/data-releases/${id}/approval`, given);
  declineDataRelease = (id: string, given: Requests.DeclineReleaseRequest): Promise<Outcome<unknown>> =>
    this.#ask('POST', `/api/data-releases/${id}/decline`, given);
  makeReleasePackage = (id: string): Promise<Outcome<Answers.ReleasePackageAnswer>> =>
    this.#ask('POST', `/api/data-releases/${id}/package`, {});
  publicCertificates = (): Promise<Outcome<Answers.CertificatesAnswer>> => this.#ask('GET', '/api/public/certificates');
  auditHeads = (): Promise<Outcome<Answers.AuditHeadsAnswer>> => this.#ask('GET', '/api/public/audit-heads');
  publicLog = (): Promise<Outcome<Answers.PublicLogAnswer>> => this.#ask('GET', '/api/public/log');

  /** A picture of a read, under the look that found it. The address holds the look and opaque ids, never a plate. */
  async picture(row: Answers.ReadRow, name: PictureName, lookId: string): Promise<Outcome<Blob>> {
    const path = `/api/reads/${row.boxDate}/${row.read._id}/pictures/${name}?look=${lookId}`;
    const answer = await this.#send('GET', path);
    if (answer.kind !== 'ok') return answer;
    const picture = await wholeOf(answer.value.blob());
    return picture === null ? { kind: 'unreachable' } : { kind: 'ok', value: picture };
  }

  /** A file for people to keep, as the server makes it. */
  async file(path: '/api/audit/trail' | '/api/audit/public.csv'): Promise<Outcome<File>> {
    const answer = await this.#send('GET', path);
    if (answer.kind !== 'ok') return answer;
    const name = /filename="?([^";]+)"?/.exec(answer.value.headers.get('content-disposition') ?? '')?.[1];
    const content = await wholeOf(answer.value.blob());
    return content === null ? { kind: 'unreachable' } : { kind: 'ok', value: new File([content], name ?? 'export') };
  }

  async #ask<T>(method: Method, path: string, body?: unknown): Promise<Outcome<T>> {
    const answer = await this.#send(method, path, body);
    if (answer.kind !== 'ok') return answer;
    const text = await wholeOf(answer.value.text());
    if (text === null) return { kind: 'unreachable' };
    return { kind: 'ok', value: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  async #send(method: Method, path: string, body?: unknown): Promise<Outcome<Response>> {
    const answer = await this.#sendOnce(method, path, body);
    if (answer.kind !== 'refused' || answer.refusal.code !== 'proveAgain') return answer;
    return (await this.#prove()) ? this.#sendOnce(method, path, body) : answer;
  }

  async #sendOnce(method: Method, path: string, body?: unknown): Promise<Outcome<Response>> {
    let response: Response;
    try {
      response = await this.#fetch(path, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: this.#visit.signal,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      });
    } catch {
      return { kind: 'unreachable' };
    }
    if (response.ok) return { kind: 'ok', value: response };
    if (response.status === 401) this.#signedOut();
    return { kind: 'refused', status: response.status, refusal: await refusalOf(response) };
  }
}

/** What was sent; null where the link broke, or its reader left, before the end. */
const wholeOf = <T>(body: Promise<T>): Promise<T | null> => body.catch(() => null);

/** A proxy's error page is no refusal of ours; it still has to end in a sentence. */
async function refusalOf(response: Response): Promise<Answers.Refusal> {
  try {
    const given = (await response.json()) as Partial<Answers.Refusal>;
    if (typeof given.code === 'string' && typeof given.sentence === 'string')
      return { code: given.code, sentence: given.sentence };
  } catch {
    // not JSON: answered below
  }
  return { code: `http${response.status}`, sentence: 'The server did not accept this. Try again in a moment.' };
}
