import { rolesInForce, standingOf, type PreconditionFailure, type Standing } from '#domain/policy/may-capture.ts';
import { may } from '#domain/policy/roles.ts';
import { isFreshProof } from '#domain/policy/step-up.ts';
import type { Agency, Device, Member, Role } from '#domain/records/agency.ts';
import type { UserContext } from '#server/store/store.ts';
import { deviceOfToken } from '../devices/tokens.ts';
import type { House } from '../house.ts';
import { localDateIn } from '../register/local-date.ts';
import type { RefusalCode } from './sentences.ts';
import type { Session } from './sessions.ts';
import { asksAnew, type Row } from './matrix.ts';

export interface Person {
  readonly member: Member;
  readonly agency: Agency;
  readonly session: Session;
  readonly standing: Standing;
  /** of the account, as far as a written grant in force names them (13.824 subd. 7(c)) */
  readonly roles: readonly Role[];
}

/** Who asks, as far as the row of the matrix wanted to know. */
export interface Asker {
  readonly person?: Person;
  readonly device?: Device;
}

export type Admission =
  | { readonly kind: 'admitted'; readonly asker: Asker }
  /** nobody we know: nothing is written about them */
  | { readonly kind: 'unknown'; readonly code: RefusalCode }
  /** known and not allowed: that they tried is written down */
  | { readonly kind: 'denied'; readonly asker: Asker; readonly code: RefusalCode };

/** What a request brings along to say who asks. */
export interface Credentials {
  readonly sessionToken: string | undefined;
  readonly deviceToken: string | undefined;
}

/** Finds out who asks and whether the row lets them. Nothing is allowed by default. */
export async function admit(house: House, row: Row, credentials: Credentials): Promise<Admission> {
  if (row.who === 'public') return { kind: 'admitted', asker: {} };
  const device = await deviceOf(house, row, credentials);
  if (device === undefined && (row.who === 'device' || row.who === 'deviceAndMember'))
    return { kind: 'unknown', code: 'tabletNotAccepted' };
  if (device !== undefined && row.who === 'device') return { kind: 'admitted', asker: { device } };
  const person = await personOf(house, credentials.sessionToken);
  if (person === undefined) return { kind: 'unknown', code: 'signInFirst' };
  const asker: Asker = device === undefined ? { person } : { person, device };
  const code = whyDenied(house, row, person);
  return code === null ? { kind: 'admitted', asker } : { kind: 'denied', asker, code };
}

function whyDenied(house: House, row: Row, person: Person): RefusalCode | null {
  if (person.session.mustAddFactor && row.whileAdding !== true) return 'addFactorFirst';
  const needsRole = row.who !== 'member' && row.who !== 'deviceAndMember';
  if (needsRole && (row.who === 'public' || row.who === 'device' || !may(person.roles, row.who))) return 'notAllowed';
  if (asksAnew(row) && !isFreshProof(person.session.provedAt, house.given.now())) return 'proveAgain';
  if (row.needsStanding !== true) return null;
  const standing = standingOf(person.standing, house.given.now());
  return standing.kind === 'allowed' ? null : first(standing.failures);
}

const first = (failures: readonly PreconditionFailure[]): RefusalCode => failures[0] ?? 'notAllowed';

async function deviceOf(house: House, row: Row, credentials: Credentials): Promise<Device | undefined> {
  if (row.who !== 'device' && row.who !== 'deviceAndMember') return undefined;
  const id = await deviceOfToken(house.store, credentials.deviceToken);
  const device = id === undefined ? undefined : house.register.device(id);
  return device?.revokedAt === null ? device : undefined;
}

async function personOf(house: House, token: string | undefined): Promise<Person | undefined> {
  const session = await house.sessions.find(token);
  const agency = house.register.agency();
  const member = session === undefined ? undefined : house.register.member(session.memberId);
  if (session === undefined || agency === undefined || member?.disabledAt !== null) return undefined;
  return personIn(house, agency, member, session);
}

/** A member as they stand now. */
export function personIn(house: House, agency: Agency, member: Member, session: Session): Person {
  const now = house.given.now();
  const standing = house.register.standing(member, agency, localDateIn(agency, now));
  return { member, agency, session, standing, roles: rolesInForce(standing, now) };
}

/**
 * As whom the trail is written. The engines let nobody without a role write: of strangers, and of members whose authorization
 * has ended, the gateway tells.
 */
export function actorOf({ person, device }: Asker): { readonly by: UserContext; readonly actorName?: string } {
  if (person !== undefined) {
    const roles = person.roles.length === 0 ? ['gateway'] : person.roles;
    return { by: { name: person.member._id, roles }, actorName: person.member.name };
  }
  if (device !== undefined) return { by: { name: device._id, roles: ['device'] }, actorName: device.label };
  return { by: { name: 'anonymous', roles: ['gateway'] } };
}
