import type { Check } from '#domain/check/check.ts';
import { proper } from '#domain/check/check.ts';
import type { Standing } from '#domain/policy/may-capture.ts';
import {
  checkAccessGrant,
  checkAgency,
  checkDevice,
  checkMember,
  checkPolicyAdoption,
  checkTraining,
  type AccessGrant,
  type Agency,
  type Device,
  type Member,
  type PolicyAdoption,
  type Training
} from '#domain/records/agency.ts';
import { checkHotlistVersion, type HotlistVersion } from '#domain/records/hotlist.ts';
import type { LocalDate } from '#domain/time/instant.ts';
import type { Store } from '#server/store/store.ts';
import { GATEWAY, REGISTER } from './databases.ts';
import { recordIn, save } from './written.ts';

/** The records a request needs again and again: few, without plates, all in memory once they are read. */
type Kept = Agency | Member | PolicyAdoption | Training | AccessGrant | Device | HotlistVersion;

const CHECKS: { readonly [K in Kept['kind']]: Check<Extract<Kept, { kind: K }>> } = {
  agency: checkAgency,
  member: checkMember,
  policy: checkPolicyAdoption,
  training: checkTraining,
  grant: checkAccessGrant,
  device: checkDevice,
  hotlistVersion: checkHotlistVersion
};

/**
 * The agency's register as the server uses it: who is a member, trained and authorized, which tablets and lists there are.
 * Read once at the start; this process is the only writer, so memory and store agree.
 */
export class Register {
  readonly #records = new Map<string, Kept>();

  private constructor(private readonly store: Store) {}

  static async open(store: Store): Promise<Register> {
    const register = new Register(store);
    for (const kind of Object.keys(CHECKS)) {
      const rows = await store.view(REGISTER, 'registry', 'by_kind', { key: kind, includeDocs: true, reduce: false });
      for (const row of rows) if (row.doc !== undefined) register.#records.set(row.doc._id, recordIn<Kept>(row.doc));
    }
    return register;
  }

  /** Writes the record and shows it from then on. Throws ImproperRecord for one that we made wrong. */
  async put(record: Kept): Promise<void> {
    proper(CHECKS[record.kind] as Check<Kept>, record);
    await save(this.store, REGISTER, record, GATEWAY);
    this.#records.set(record._id, record);
  }

  agency(): Agency | undefined {
    return this.#all('agency')[0];
  }

  members(): readonly Member[] {
    return this.#all('member').sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  member(id: string): Member | undefined {
    return this.#one('member', id);
  }

  memberNamed(signInName: string): Member | undefined {
    return this.#all('member').find((member) => member.signInName === signInName);
  }

  policies(): readonly PolicyAdoption[] {
    return this.#all('policy').sort((a, b) => (a.adoptedOn < b.adoptedOn ? 1 : -1));
  }

  /** The latest version adopted on or before `date`; null: none in force (626.8472). */
  policyInForce(date: LocalDate): PolicyAdoption | null {
    return this.policies().find((policy) => policy.adoptedOn <= date) ?? null;
  }

  trainings(memberId: string): readonly Training[] {
    return this.#all('training').filter((training) => training.memberId === memberId);
  }

  grants(memberId: string): readonly AccessGrant[] {
    return this.#all('grant').filter((grant) => grant.memberId === memberId);
  }

  devices(): readonly Device[] {
    return this.#all('device').sort((a, b) => (a.enrolledAt < b.enrolledAt ? -1 : 1));
  }

  device(id: string): Device | undefined {
    return this.#one('device', id);
  }

  /** Every version ever loaded, newest first. */
  hotlistVersions(): readonly HotlistVersion[] {
    return this.#all('hotlistVersion').sort((a, b) => (a.loadedAt < b.loadedAt ? 1 : -1));
  }

  /** All that the rules of capture and access look at. */
  standing(member: Member, agency: Agency, today: LocalDate): Standing {
    return {
      agency,
      member,
      policy: this.policyInForce(today),
      trainings: this.trainings(member._id),
      grants: this.grants(member._id)
    };
  }

  #all<K extends Kept['kind']>(kind: K): Extract<Kept, { kind: K }>[] {
    return [...this.#records.values()].filter((record) => record.kind === kind) as Extract<Kept, { kind: K }>[];
  }

  #one<K extends Kept['kind']>(kind: K, id: string): Extract<Kept, { kind: K }> | undefined {
    const record = this.#records.get(id);
    return record?.kind === kind ? (record as Extract<Kept, { kind: K }>) : undefined;
  }
}
