import type { Designs } from '#designs/kinds.ts';
import type { Store } from '#server/store/store.ts';
import { Ledger } from './audit/ledger.ts';
import { TabletChains } from './audit/tablet-chains.ts';
import { Trail } from './audit/trail.ts';
import { Backups, type BackupPlace } from './backups/backups.ts';
import { Boxes } from './devices/boxes.ts';
import { Proofs } from './devices/proofs.ts';
import { Releases } from './devices/releases.ts';
import { dropOldTokens } from './devices/old-tokens.ts';
import { Confidential } from './confidentiality/confidential.ts';
import { Destroyer } from './destroyer/destroyer.ts';
import { Certificates } from './destroyer/certificates.ts';
import { Sessions } from './gateway/sessions.ts';
import type { Given } from './given.ts';
import { Holds } from './holds/holds.ts';
import { HitFeed } from './hits/hit-feed.ts';
import { AgencyEntries } from './hotlists/agency-entries.ts';
import { Hotlists } from './hotlists/hotlists.ts';
import { Imports } from './hotlists/imports.ts';
import { WatchFolder } from './hotlists/watch-folder.ts';
import { Ingest } from './ingest/ingest.ts';
import { IngestQueue } from './ingest/queue.ts';
import type { Keys } from './keys/keys.ts';
import { publishDailyHead } from './public-log/daily-heads.ts';
import { Locations } from './public-log/locations.ts';
import { PublicLog } from './public-log/public-log.ts';
import { ACCOUNTS, CASEWORK, ENTRIES, FIGURES, PUBLIC, REGISTER } from './register/databases.ts';
import { DataReleases } from './releases/data-releases.ts';
import { DayBoxes } from './register/day-boxes.ts';
import { Register } from './register/register.ts';
import { SetupCode } from './setup/setup-code.ts';
import { Factors } from './users/factors.ts';
import { Passwords, type HashingCost } from './users/passwords.ts';
import { Throttle } from './users/throttle.ts';

/** What the house is built from. */
export interface Ground {
  readonly store: Store;
  readonly designs: Designs;
  readonly given: Given;
  readonly keys: Keys;
  readonly hashing: HashingCost;
  readonly version: string;
  readonly demo: boolean;
  /** where encrypted backups go; left out: none are made */
  readonly backupPlace?: BackupPlace;
  /** folder into which list files are put; left out: none is watched */
  readonly hotlistFolder?: string;
  /** work behind the scenes failed; it is tried again */
  readonly failed: (error: unknown) => void;
}

/** All the duties of the server, put together once and handed to whoever serves. */
export interface House extends Ground {
  readonly register: Register;
  readonly trail: Trail;
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly factors: Factors;
  readonly throttle: Throttle;
  readonly boxes: Boxes;
  readonly proofs: Proofs;
  readonly releases: Releases;
  readonly tabletChains: TabletChains;
  readonly dayBoxes: DayBoxes;
  readonly publicLog: PublicLog;
  readonly locations: Locations;
  readonly queue: IngestQueue;
  readonly confidential: Confidential;
  readonly holds: Holds;
  readonly dataReleases: DataReleases;
  readonly hitFeed: HitFeed;
  readonly hotlists: Hotlists;
  readonly imports: Imports;
  readonly agencyEntries: AgencyEntries;
  readonly watchFolder: WatchFolder | undefined;
  readonly certificates: Certificates;
  readonly destroyer: Destroyer;
  readonly backups: Backups | undefined;
  readonly setupCode: SetupCode;
}

/**
 * Opens the databases, finishes what an earlier end left half done (replaced lists, finished inboxes, boxes past their
 * date, unread inboxes), and hands the duties out.
 */
export async function openHouse(ground: Ground): Promise<House> {
  const { store, designs, given, keys } = ground;
  await store.create(REGISTER, designs.register);
  await store.create(ACCOUNTS, designs.accounts);
  await store.create(CASEWORK, designs.casework);
  await store.create(ENTRIES, designs.entries);
  await store.create(FIGURES, designs.figures);
  await store.create(PUBLIC, designs.public);
  await dropOldTokens(store);
  const register = await Register.open(store);
  const ledger = await Ledger.open({ store, designs, given, signing: keys.signing, failed: ground.failed });
  const trail = new Trail(store, designs, given, ledger);
  const dayBoxes = new DayBoxes(store, designs);
  const parts = { store, given, tags: keys.tags, register, dayBoxes, trail };
  const locations = new Locations(store, keys.tags);
  const publicLog = new PublicLog(parts, locations);
  const holds = new Holds(store, designs);
  const hotlists = new Hotlists(store, register);
  const certificates = new Certificates(store, keys.certificates, keys.tags);
  const confidential = await Confidential.open({ store, given, box: keys.confidential });
  const hitFeed = new HitFeed(store);
  const destroyer = new Destroyer({ ...parts, designs, holds, certificates });
  const ingest = new Ingest({ ...parts, sealing: keys.sealing, publicLog, confidential, hitFeed, holds, destroyer });
  const imports = new Imports(hotlists, given);
  const house: House = {
    ...ground,
    register,
    trail,
    ledger,
    dayBoxes,
    publicLog,
    locations,
    sessions: new Sessions(store, given),
    passwords: new Passwords(ground.hashing),
    factors: new Factors({ store, given, key: keys.factors }),
    throttle: new Throttle(),
    dataReleases: new DataReleases(store),
    boxes: new Boxes(store, designs, given),
    proofs: new Proofs(given, (id) => register.device(id)),
    releases: new Releases(store, given),
    tabletChains: new TabletChains({ store, register, trail, auditKey: keys.audit }),
    queue: new IngestQueue((boxId) => ingest.run(boxId), ground.failed),
    confidential,
    holds,
    hitFeed,
    hotlists,
    imports,
    watchFolder:
      ground.hotlistFolder === undefined
        ? undefined
        : new WatchFolder(ground.hotlistFolder, { hotlists, imports, register, trail, given }),
    agencyEntries: new AgencyEntries(store, register, hotlists, given),
    certificates,
    destroyer,
    backups: ground.backupPlace && new Backups(ground.backupPlace, parts),
    setupCode: new SetupCode(given)
  };
  // Before anything is served: what is due is gone.
  await tidy(house);
  for (const boxId of await house.boxes.mend()) house.queue.add(boxId);
  return house;
}

/** The minute's round: destroy what is due, in backups too, forget what is over, sign for the trail. */
export async function tidy(house: House): Promise<void> {
  await house.destroyer.run();
  await house.backups?.run();
  await house.confidential.run();
  await house.sessions.sweep();
  await house.watchFolder?.run();
  await house.agencyEntries.run();
  await house.hotlists.dropReplaced(house.given.now());
  const signed = await house.trail.sign();
  const agency = house.register.agency();
  if (signed !== undefined && agency !== undefined) await publishDailyHead(house.store, agency, signed);
}
