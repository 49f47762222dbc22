import { indexHotlist, type HotlistIndex, type Match } from '#domain/matching/match.ts';
import { countPeriod } from '#domain/policy/public-log.ts';
import { listAge, type ListAge } from '#domain/policy/list-age.ts';
import { mayRecordEnforcement, type EnforcementPermission } from '#domain/policy/verification.ts';
import { foldPlate } from '#domain/plate/fold.ts';
import type { Answer, Enforcement, Verification } from '#domain/records/hit.ts';
import type { ActivePeriod, EndReason, PeriodCounts } from '#domain/records/period.ts';
import type { Read } from '#domain/records/read.ts';
import { HOUR_MS, instantOf, msOf, type Instant } from '#domain/time/instant.ts';
import { isCertain } from '#domain/voting/certain.ts';
import type { Lease } from '#domain/wire/answers.ts';
import { engineFiles } from '#recognition/engine-files.ts';
import type { PlateInView, SettledRead } from '#recognition/protocol.ts';
import { hitOf, makeLead, type Lead } from '../alerts/lead.ts';
import type { LeadSounds } from '../alerts/lead-sounds.ts';
import { openCamera, Camera, type CameraOutcome } from '../capture/camera.ts';
import { DeviceStrain } from '../capture/device-strain.ts';
import { PositionWatch, type Position } from '../capture/position.ts';
import { WakeLock } from '../capture/wake-lock.ts';
import {
  asIfEnded,
  beginPeriod,
  closePeriod,
  nextMidnight,
  resumePeriod,
  type PeriodForm
} from '../scanning/period-life.ts';
import { Scan } from '../scanning/scan.ts';
import type { VaultClient } from '../vault/client.ts';
import { STORAGE_STOPS_AT, type Keeping } from '../vault/protocol.ts';

export type ScanPhase = 'idle' | 'starting' | 'scanning' | 'stopping' | 'failed';
export type ScanFailure =
  'cameraDenied' | 'cameraMissing' | 'cameraLost' | 'engineFailed' | 'storageFull' | 'noLease' | 'vaultUnavailable';

export interface RecentRead {
  readonly readId: string;
  readonly plate: string;
  readonly jurisdiction: string;
  readonly at: Instant;
  /** false: "check by eye" */
  readonly certain: boolean;
  readonly plateImage: string;
  readonly lead: boolean;
}

export type ListState =
  | { readonly kind: 'none' }
  | { readonly kind: 'list'; readonly name: string; readonly ageHours: number; readonly age: ListAge };

const RECENT_READS = 30;
const SNAPSHOT_EVERY_MS = 20_000;
const ROOM_CHECK_EVERY_MS = 5_000;
const LIST_CHECK_EVERY_MS = 5 * 60_000;

/** Long enough to undo an answer (5 s), short enough that a crash loses none that mattered. */
const ANSWER_SETTLES_AFTER_MS = 6_000;

interface KeptHit {
  readonly read: Read;
  readonly match: Match;
  /** a hit is written twice at most: unanswered at once, and with all that was recorded when that is settled */
  isFinal: boolean;
}

/**
 * Capturing, as the scan screen sees it: begins and ends the period of active use, holds what is in view, the newest
 * reads and the leads. Plates live here in memory only and are gone at the end of the period.
 */
export class Scanner {
  #phase = $state.raw<ScanPhase>('idle');
  #failure = $state.raw<ScanFailure | null>(null);
  #stream = $state.raw<MediaStream | null>(null);
  #frame = $state.raw({ width: 1280, height: 720 });
  #plates = $state.raw<readonly PlateInView[]>([]);
  #framesPerSecond = $state.raw(0);
  #position = $state.raw<Position>({ kind: 'searching' });
  #lists = $state.raw<readonly HotlistIndex[]>([]);
  #period = $state.raw<ActivePeriod | null>(null);
  #recent = $state.raw<readonly RecentRead[]>([]);
  #leads = $state.raw<readonly Lead[]>([]);
  #openLead = $state.raw<string | null>(null);
  #tally = $state.raw({ reads: 0, plates: 0 });
  #ended = $state.raw<{ readonly period: ActivePeriod; readonly counts: PeriodCounts } | null>(null);
  #useDemoCamera = $state.raw(false);
  #now = $state.raw(Date.now());

  #scan: Scan | undefined;
  #positionWatch: PositionWatch | undefined;
  #wakeLock: WakeLock | undefined;
  #strain: DeviceStrain | undefined;
  #timers: ReturnType<typeof setInterval>[] = [];
  #frameTimes: number[] = [];
  #form: PeriodForm | undefined;
  // Of this period, for its counts; never stored.
  #reads: Pick<Read, '_id' | 'plate'>[] = [];
  readonly #plateForms = new Set<string>();
  #splitting: Promise<void> | undefined;
  #hits = new Map<string, KeptHit>();
  #imageUrls: string[] = [];
  #stopDemo: (() => void) | undefined;

  constructor(
    private readonly vault: VaultClient,
    private readonly lease: () => Lease | null,
    private readonly deviceId: () => string | null,
    private readonly clockOffsetMs: () => number | null,
    private readonly sounds: LeadSounds
  ) {}

  get phase(): ScanPhase {
    return this.#phase;
  }
  get failure(): ScanFailure | null {
    return this.#failure;
  }
  get stream(): MediaStream | null {
    return this.#stream;
  }
  get frame(): { readonly width: number; readonly height: number } {
    return this.#frame;
  }
  /** plates in view now, in pixels of the frame */
  get plates(): readonly PlateInView[] {
    return this.#plates;
  }
  get framesPerSecond(): number {
    return this.#framesPerSecond;
  }
  get position(): Position {
    return this.#position;
  }
  get period(): ActivePeriod | null {
    return this.#period;
  }
  /** the period that ended last, for its summary */
  get ended(): { readonly period: ActivePeriod; readonly counts: PeriodCounts } | null {
    return this.#ended;
  }
  get recent(): readonly RecentRead[] {
    return this.#recent;
  }
  get counts(): { readonly reads: number; readonly plates: number; readonly leads: number; readonly answered: number } {
    return {
      ...this.#tally,
      leads: this.#leads.length,
      answered: this.#leads.filter((lead) => lead.answer !== null && lead.answer !== 'notNow').length
    };
  }
  /** the lead that fills the screen, if one does */
  get alert(): Lead | null {
    return this.#leads.find((lead) => lead.hitId === this.#openLead) ?? null;
  }
  /** leads nobody has answered for good */
  get tray(): readonly Lead[] {
    return this.#leads.filter((lead) => lead.answer === null || lead.answer === 'notNow');
  }
  /** the oldest list counts: it is the one that may mislead */
  get list(): ListState {
    const oldest = [...this.#lists].sort((a, b) => msOf(a.version.asOf) - msOf(b.version.asOf))[0];
    if (oldest === undefined) return { kind: 'none' };
    const { asOf, source } = oldest.version;
    return {
      kind: 'list',
      name: source.compareName,
      ageHours: (this.#now - msOf(asOf)) / HOUR_MS,
      age: listAge(asOf, instantOf(this.#now))
    };
  }
  get usesDemoCamera(): boolean {
    return this.#useDemoCamera;
  }

  setCamera(which: 'real' | 'demo'): void {
    this.#useDemoCamera = which === 'demo';
  }

  /** Switches on: a new period of active use under the officer's lease. */
  async begin(form: PeriodForm): Promise<void> {
    // Before anything is waited for: a browser lets a page sound only while it handles a tap.
    this.sounds.arm();
    const lease = this.lease();
    const deviceId = this.deviceId();
    if (lease === null || deviceId === null) return this.#fail('noLease');
    this.#forgetPeriod();
    this.#phase = 'starting';
    this.#failure = null;
    await this.refreshLists();
    const period = beginPeriod(form, {
      id: crypto.randomUUID(),
      agencyId: lease.agency._id,
      timeZone: lease.agency.timeZone,
      deviceId,
      operatorId: lease.member._id,
      now: this.#instant(),
      databases: this.#databases()
    });
    this.#form = form;
    await this.#switchOn(period, lease);
  }

  /** Goes on with the period that was under way when the page was reloaded or the tablet died. */
  async resume(period: ActivePeriod): Promise<void> {
    this.sounds.arm();
    const lease = this.lease();
    if (lease === null || lease.member._id !== period.operatorId) return this.#fail('noLease');
    this.#phase = 'starting';
    this.#failure = null;
    void this.refreshLists();
    const { purpose, deployment, caseNumber, incident, place } = period;
    this.#form = {
      purpose,
      deployment,
      ...(caseNumber !== undefined && { caseNumber }),
      ...(incident !== undefined && { incident }),
      ...(place !== undefined && { place })
    };
    // What was read before the reload is sealed away; the tally goes on from the snapshot, the server counts anew.
    this.#tally = { reads: period.counts.reads, plates: period.counts.distinctPlates };
    await this.#switchOn(resumePeriod(period, this.#instant()), lease);
  }

  /** Tries again after a failure: goes on with the period under way, or begins the one whose camera never opened. */
  async retry(): Promise<void> {
    if (this.#period !== null) return this.resume(this.#period);
    if (this.#form !== undefined) return this.begin(this.#form);
  }

  /** Switches off: settles what is in view, saves it, closes the period. */
  async stop(why: EndReason = 'operator'): Promise<void> {
    if (this.#phase !== 'scanning' && this.#phase !== 'failed') return;
    this.#phase = 'stopping';
    await this.#cameraOff();
    for (const lead of this.#leads) await this.#saveAnswered(lead);
    if (this.#period !== null) {
      const counts = this.#countsNow();
      const closed = closePeriod(this.#period, this.#instant(), why, counts);
      await this.vault.closePeriod(closed);
      this.#ended = { period: closed, counts };
    }
    this.#forgetPeriod();
    this.#phase = 'idle';
    this.#failure = null;
  }

  /** Records what the officer says of a lead; kept for good once nothing more is to come, so that it can be undone. */
  answer(hitId: string, answer: Answer): void {
    this.#change(hitId, (lead) => ({ ...lead, answer, answeredAt: this.#instant() }));
    if (answer !== 'correctRead') this.closeAlert();
  }

  undoAnswer(hitId: string): void {
    this.#change(hitId, (lead) => ({ ...lead, answer: null, answeredAt: null, verification: null, enforcement: null }));
    this.#openLead = hitId;
  }

  /** The check through MNJIS, NLETS or dispatch (426.3(f)). */
  verify(hitId: string, verification: Verification): void {
    this.#change(hitId, (lead) => ({ ...lead, verification }));
  }

  /** Records what was done; refused before the alert was verified (rule mayRecordEnforcement). */
  recordEnforcement(hitId: string, enforcement: Enforcement): EnforcementPermission {
    const lead = this.#leads.find((one) => one.hitId === hitId);
    if (lead === undefined) return { kind: 'refused', reason: 'This lead is no longer on the tablet.' };
    const permission = mayRecordEnforcement(lead, lead.verification, enforcement);
    if (permission.kind === 'allowed') {
      this.#change(hitId, (one) => ({ ...one, enforcement }));
      this.closeAlert();
    }
    return permission;
  }

  openLead(hitId: string): void {
    this.#openLead = hitId;
  }

  closeAlert(): void {
    this.#openLead = null;
  }

  /** Pulls the newest lists while there is a link; without one the lists in memory go on aging in plain sight. */
  async refreshLists(): Promise<void> {
    const hello = await this.vault.hello();
    if (hello.kind !== 'answered') return;
    const lists: HotlistIndex[] = [];
    for (const version of hello.hello.hotlists) {
      const known = this.#lists.find((list) => list.version._id === version._id);
      if (known !== undefined) {
        lists.push(known);
        continue;
      }
      const pulled = await this.vault.hotlist(version._id);
      const indexed = pulled.kind === 'answered' ? indexHotlist(pulled.hotlist) : null;
      if (indexed?.kind === 'indexed') lists.push(indexed.index);
    }
    this.#lists = lists;
  }

  async #switchOn(period: ActivePeriod, lease: Lease): Promise<void> {
    const opened = this.#useDemoCamera ? await this.#openDemoCamera() : await openCamera();
    if (opened.kind !== 'open') return this.#fail(opened.kind === 'denied' ? 'cameraDenied' : 'cameraMissing');
    const { camera } = opened;
    // The opening snapshot is sealed and sent too: headquarters learns of a period before its first read.
    const kept = await this.vault.beginPeriod(period);
    if (kept.kind !== 'saved') {
      camera.stop();
      return this.#fail(kept.kind === 'storageFull' ? 'storageFull' : 'vaultUnavailable');
    }
    this.#period = period;
    this.#stream = camera.stream;
    this.#frame = camera.size;
    this.#positionWatch = new PositionWatch((position) => {
      this.#position = position;
      if (position.kind === 'fix') void this.vault.tellTime(position.told);
    });
    const strain = new DeviceStrain();
    this.#strain = strain;
    this.#scan = new Scan(
      {
        camera,
        makeRecognitionWorker: () =>
          new Worker(new URL('../../recognition/worker.ts', import.meta.url), { type: 'module' }),
        engines: engineFiles(),
        position: this.#positionWatch,
        strain: () => strain.now,
        lists: () => this.#lists,
        keep: (content) => this.vault.keep(content),
        agency: lease.agency,
        periodAt: (collectedAt) => this.#periodAt(collectedAt, period),
        clockOffsetMs: this.clockOffsetMs,
        clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
        newId: () => crypto.randomUUID()
      },
      {
        looked: ({ plates }) => {
          this.#plates = plates;
          this.#countFrame();
        },
        saved: (read, settled, match, second) => {
          this.#keepInSight(read, settled, match, second);
        },
        notSaved: (outcome) => {
          this.#notSaved(outcome);
        },
        cameraLost: () => void this.#lost('cameraLost'),
        recognitionFailed: (_, isOver) => {
          if (isOver) void this.#lost('engineFailed');
        }
      }
    );
    try {
      await this.#scan.start();
    } catch {
      return this.#lost('engineFailed');
    }
    this.#wakeLock = new WakeLock();
    this.#timers = [
      setInterval(() => void this.#everyWhile(), SNAPSHOT_EVERY_MS),
      setInterval(() => void this.refreshLists(), LIST_CHECK_EVERY_MS)
    ];
    this.#phase = 'scanning';
    this.#frame = camera.size;
  }

  /** Snapshot for a crash, the end of the lease, local midnight. */
  async #everyWhile(): Promise<void> {
    this.#now = Date.now();
    if (this.#period === null || this.#phase !== 'scanning') return;
    const now = this.#instant();
    if (this.lease() === null) {
      await this.stop('suspended');
      return this.#fail('noLease');
    }
    if (msOf(now) >= msOf(nextMidnight(this.#period, this.#timeZone))) return this.#splitAtMidnight();
    await this.vault.updatePeriod(asIfEnded(this.#period, now, 'restart', this.#countsNow()));
  }

  async #periodAt(collectedAt: Instant, begun: ActivePeriod): Promise<ActivePeriod> {
    const period = this.#period ?? begun;
    if (msOf(collectedAt) >= msOf(nextMidnight(period, this.#timeZone))) await this.#splitAtMidnight();
    else await this.#splitting;
    return this.#period ?? begun;
  }

  /** The log is kept by day: at local midnight one period ends and the next begins, while the camera goes on (LAW 4.4). */
  #splitAtMidnight(): Promise<void> {
    this.#splitting ??= this.#split().finally(() => {
      this.#splitting = undefined;
    });
    return this.#splitting;
  }

  async #split(): Promise<void> {
    const lease = this.lease();
    const old = this.#period;
    if (old === null || this.#form === undefined || lease === null) return;
    const midnight = nextMidnight(old, this.#timeZone);
    const lastInstant = instantOf(msOf(midnight) - 1);
    await this.vault.closePeriod(closePeriod(old, lastInstant, 'midnight', this.#countsNow()));
    this.#reads = [];
    this.#plateForms.clear();
    this.#tally = { reads: 0, plates: 0 };
    const next = beginPeriod(this.#form, {
      id: crypto.randomUUID(),
      agencyId: old.agencyId,
      timeZone: lease.agency.timeZone,
      deviceId: old.deviceId,
      operatorId: old.operatorId,
      now: midnight,
      databases: this.#databases()
    });
    await this.vault.beginPeriod(next);
    this.#period = next;
  }

  /** of the agency whose officer this is */
  get #timeZone(): string {
    return this.lease()?.agency.timeZone ?? 'UTC';
  }

  #databases(): ActivePeriod['databases'] {
    return this.#lists.map((list) => ({
      compareName: list.version.source.compareName,
      listVersionId: list.version._id,
      asOf: list.version.asOf
    }));
  }

  #keepInSight(read: Read, settled: SettledRead, match: Match | null, second: SettledRead['secondReader']): void {
    const plateImage = this.#urlOf(settled.plateImage);
    const isNew = !this.#plateForms.has(foldPlate(read.plate));
    this.#plateForms.add(foldPlate(read.plate));
    this.#reads.push({ _id: read._id, plate: read.plate });
    this.#tally = { reads: this.#tally.reads + 1, plates: this.#tally.plates + (isNew ? 1 : 0) };
    this.#recent = [
      {
        readId: read._id,
        plate: read.plate,
        jurisdiction: read.jurisdiction,
        at: read.collectedAt,
        certain: isCertain({ confidence: settled.confidence, secondReader: second }),
        plateImage,
        lead: match !== null
      },
      ...this.#recent
    ].slice(0, RECENT_READS);
    if (match !== null) this.#tellLead(read, settled, match, second, plateImage);
    this.#letGoOfOldImages();
  }

  #tellLead(
    read: Read,
    settled: SettledRead,
    match: Match,
    second: SettledRead['secondReader'],
    plateImageUrl: string
  ): void {
    const lead = makeLead(read, settled, match, {
      hitId: crypto.randomUUID(),
      now: this.#instant(),
      secondReader: second,
      plateImageUrl,
      contextImageUrl: this.#urlOf(settled.contextImage)
    });
    const hit = hitOf(lead, read, match);
    this.#hits.set(lead.hitId, { read, match, isFinal: false });
    this.#leads = [lead, ...this.#leads];
    // A lead that sounds takes the screen unless the officer is busy with another one.
    if (lead.level === 'sound' && this.#openLead === null) this.#openLead = lead.hitId;
    this.sounds.tell(lead, performance.now());
    void this.vault.keep({ kind: 'hit', hit });
  }

  #change(hitId: string, change: (lead: Lead) => Lead): void {
    this.#leads = this.#leads.map((lead) => (lead.hitId === hitId ? change(lead) : lead));
    setTimeout(() => {
      const lead = this.#leads.find((one) => one.hitId === hitId);
      if (lead !== undefined && isSettled(lead)) void this.#saveAnswered(lead);
    }, ANSWER_SETTLES_AFTER_MS);
  }

  async #saveAnswered(lead: Lead): Promise<void> {
    const kept = this.#hits.get(lead.hitId);
    if (kept === undefined || kept.isFinal || lead.answer === null) return;
    kept.isFinal = true;
    await this.vault.keep({ kind: 'hit', hit: hitOf(lead, kept.read, kept.match) });
  }

  #countsNow(): PeriodCounts {
    const hits = [...this.#hits.values()].map(({ read, match }) => ({
      readId: read._id,
      category: match.entry.category
    }));
    const counted = countPeriod(this.#reads, hits, foldPlate);
    return { ...counted, reads: this.#tally.reads, distinctPlates: this.#tally.plates };
  }

  #notSaved(outcome: Exclude<Keeping, { kind: 'saved' }>): void {
    if (outcome.kind === 'storageFull') void this.#lost('storageFull');
  }

  /** Capture cannot go on: what is saved stays saved, the period stays open until the officer decides. */
  async #lost(failure: ScanFailure): Promise<void> {
    await this.#cameraOff();
    if (this.#period !== null)
      await this.vault.updatePeriod(asIfEnded(this.#period, this.#instant(), 'cameraLost', this.#countsNow()));
    this.#fail(failure);
  }

  #fail(failure: ScanFailure): void {
    this.#failure = failure;
    this.#phase = 'failed';
    if (failure === 'storageFull') this.#waitForRoom();
  }

  /** A full storage empties as records are sent: capture goes on by itself when there is room. */
  #waitForRoom(): void {
    const isStillFull = (): boolean => this.#phase === 'failed' && this.#failure === 'storageFull';
    const look = async (): Promise<void> => {
      if (!isStillFull()) return clearInterval(timer);
      if ((await this.vault.status()).storage.share >= STORAGE_STOPS_AT || !isStillFull()) return;
      clearInterval(timer);
      await this.retry();
    };
    const timer = setInterval(() => void look(), ROOM_CHECK_EVERY_MS);
  }

  async #cameraOff(): Promise<void> {
    for (const timer of this.#timers.splice(0)) clearInterval(timer);
    const scan = this.#scan;
    this.#scan = undefined;
    await scan?.stop();
    this.#stopDemo?.();
    this.#stopDemo = undefined;
    this.#positionWatch?.stop();
    this.#strain?.stop();
    this.#wakeLock?.release();
    this.#stream = null;
    this.#plates = [];
    this.#framesPerSecond = 0;
  }

  #forgetPeriod(): void {
    for (const url of this.#imageUrls.splice(0)) URL.revokeObjectURL(url);
    this.sounds.forget();
    this.#period = null;
    this.#recent = [];
    this.#leads = [];
    this.#openLead = null;
    this.#reads = [];
    this.#plateForms.clear();
    this.#hits.clear();
    this.#tally = { reads: 0, plates: 0 };
  }

  async #openDemoCamera(): Promise<CameraOutcome> {
    // Only the demo loads the rendered street.
    const { DemoStreet, DEMO_PLATES } = await import('../capture/demo-street.ts');
    const street = new DemoStreet(document.createElement('canvas'), { plates: DEMO_PLATES });
    await street.start();
    this.#stopDemo = () => {
      street.stop();
    };
    return { kind: 'open', camera: new Camera(street.stream()) };
  }

  #countFrame(): void {
    const now = performance.now();
    this.#frameTimes = [...this.#frameTimes.filter((at) => now - at < 2_000), now];
    this.#framesPerSecond = Math.round(this.#frameTimes.length / 2);
  }

  #urlOf(jpeg: ArrayBuffer): string {
    const url = URL.createObjectURL(new Blob([jpeg], { type: 'image/jpeg' }));
    this.#imageUrls.push(url);
    return url;
  }

  #letGoOfOldImages(): void {
    const shown = new Set([
      ...this.#recent.map((read) => read.plateImage),
      ...this.#leads.flatMap((lead) => [lead.plateImageUrl, lead.contextImageUrl])
    ]);
    this.#imageUrls = this.#imageUrls.filter((url) => {
      if (shown.has(url)) return true;
      URL.revokeObjectURL(url);
      return false;
    });
  }

  #instant(): Instant {
    return instantOf(Date.now());
  }
}

/** Whether the officer is done with a lead: it was no correct read, or what came of it is recorded. */
function isSettled(lead: Lead): boolean {
  if (lead.answer === 'misread' || lead.answer === 'wrongJurisdiction') return true;
  return lead.answer === 'correctRead' && lead.enforcement !== null;
}
