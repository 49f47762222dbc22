import { packLine } from '#domain/matching/packed-line.ts';
import type { Agency, Device } from '#domain/records/agency.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import { DAY_MS, instantOf, MINUTE_MS, msOf } from '#domain/time/instant.ts';
import { issueCode, typeableCode } from '../devices/codes.ts';
import type { House } from '../house.ts';
import { inboxOf } from '../register/databases.ts';
import { localDateIn } from '../register/local-date.ts';
import { NotWritten } from '../register/written.ts';
import { adoptPolicy } from '../setup/policy.ts';
import { keepPassword } from '../users/accounts.ts';
import { DEMO_DAYS, inventedDay } from './days.ts';
import { DEMO_PEOPLE } from './people.ts';
import { Sealer } from './sealer.ts';
import { STREET_LIST } from './street.ts';

/**
 * Sets up the invented agency: people with random passwords, policy, trainings, grants, a hotlist, a week of reads by the real
 * way in. Tells what it does; gives the lines that a newcomer needs.
 */
export async function playDemo(house: House, tell: (line: string) => void): Promise<string> {
  const { register, given, store } = house;
  tell('Demo: setting up an invented agency ...');
  const now = given.now();
  const longAgo = instantOf(msOf(now) - 60 * DAY_MS);
  const agency: Agency = {
    _id: given.newId(),
    kind: 'agency',
    schema: 1,
    name: 'Example City Police Department (demo)',
    timeZone: 'America/Chicago',
    retentionDays: 30,
    backupDays: 0,
    suspended: false,
    demo: true,
    // A newcomer has two minutes; who likes may add one under "Your sign-in".
    secondFactor: 'optional'
  };
  const policy = {
    title: 'Invented ALPR policy',
    version: 'demo 1',
    adoptedOn: localDateIn(agency, longAgo),
    adoptedBy: 'Chief Casey Chief'
  };
  await register.put(adoptPolicy(policy, given.newId()));
  const accounts = await Promise.all(DEMO_PEOPLE.map((person) => join(house, person, longAgo)));
  await house.publicLog.showAgency(agency);
  await register.put(agency);

  const list = await house.hotlists.publish(
    {
      versionId: given.newId(),
      source: {
        sourceId: given.newId(),
        kind: 'mnPlateFile',
        compareName: 'Minnesota license plate data file (invented for the demo)',
        existencePublic: true
      },
      asOf: instantOf(msOf(now) - 30 * MINUTE_MS),
      lines: STREET_LIST.map(packLine).sort()
    },
    now
  );

  const device: Device = {
    _id: given.newId(),
    kind: 'device',
    schema: 1,
    label: 'Invented tablet',
    enrolledAt: longAgo,
    enrolledBy: accounts[3]?.memberId ?? '',
    lastSeenAt: now,
    revokedAt: null
  };
  await register.put(device);
  for (let daysAgo = DEMO_DAYS; daysAgo >= 1; daysAgo--) {
    tell(`Demo: inventing reads, day ${String(DEMO_DAYS - daysAgo + 1)} of ${String(DEMO_DAYS)} ...`);
    const about = { given, agency, deviceId: device._id, operatorId: accounts[0]?.memberId ?? '', list };
    await sendAsTablet(house, device._id, inventedDay(about, daysAgo));
  }

  const { code } = await issueCode(store, given, accounts[3]?.memberId ?? '', true);
  const lines = accounts.map((a) => `  ${a.signInName.padEnd(13)} ${a.password.padEnd(16)} ${a.name}, ${a.work}`);
  return [
    'DEMO: an invented agency. Everything is thrown away when the server stops.',
    'Accounts (sign-in name, password):',
    ...lines,
    `Enrollment code for a tablet (valid a day, in the demo for any number of tablets):\n  ${code}`
  ].join('\n');
}

interface Account {
  readonly memberId: string;
  readonly name: string;
  readonly signInName: string;
  readonly password: string;
  readonly work: string;
}

async function join(house: House, person: (typeof DEMO_PEOPLE)[number], since: string): Promise<Account> {
  const { register, given } = house;
  const { name, signInName, roles, work } = person;
  const memberId = given.newId();
  const password = typeableCode(given).toLowerCase();
  await keepPassword(house.store, memberId, await house.passwords.hash(password));
  await register.put({ _id: memberId, kind: 'member', schema: 1, name, signInName, roles, disabledAt: null });
  await register.put({
    _id: given.newId(),
    kind: 'training',
    schema: 1,
    memberId,
    course: 'Invented ALPR course',
    completedAt: since,
    expiresAt: null,
    trainer: 'Sgt. Alma Admin'
  });
  await register.put({
    _id: given.newId(),
    kind: 'grant',
    schema: 1,
    memberId,
    roles,
    purpose: 'Demo duties',
    signedBy: 'Chief Casey Chief',
    from: since,
    until: null
  });
  return { memberId, name, signInName, password, work };
}

// The real way in: a box, sealed records in its inbox, ingest, and the tablet's last word.
async function sendAsTablet(house: House, deviceId: string, contents: readonly SealedContent[]): Promise<void> {
  const boxId = house.given.newId();
  await house.boxes.open(boxId, deviceId);
  const sealer = await Sealer.forBox(deviceId, boxId, house.keys.sealing.publicKey);
  const sealed = [];
  for (const content of contents) sealed.push(await sealer.seal(content));
  const outcomes = await house.store.bulk(
    inboxOf(boxId),
    sealed.map((record) => ({ ...record })),
    { name: deviceId, roles: ['device'] },
    'new'
  );
  if (outcomes.some(({ kind }) => kind !== 'written')) throw new NotWritten('The inbox refused an invented record.');
  house.queue.add(boxId);
  await house.queue.idle();
  const box = await house.boxes.find(boxId);
  if (box !== undefined) await house.boxes.finish(box, contents.length);
}
