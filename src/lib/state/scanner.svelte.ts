import type { Match, Matched } from '#domain/matching/match.ts';
import { beyondBacklog, isSameCarAgain } from '#domain/policy/alert-sound.ts';
import { countPeriod } from '#domain/policy/public-log.ts';
import { listAge, type ListAge } from '#domain/policy/list-age.ts';
import { mayRecordEnforcement, type EnforcementPermission } from '#domain/policy/verification.ts';
import { correctionOf, findingOf, type Finding } from '#domain/records/correction.ts';
import type { Answer, Enforcement, EyeChecks, Hit, Verification } from '#domain/records/hit.ts';
import type { HotlistVersion } from '#domain/records/hotlist.ts';
import {
  statementOf,
  withoutStatement,
  type ActivePeriod,
  type EndReason,
  type PeriodCounts
} from '#domain/records/period.ts';
import type { Pictures, Read } from '#domain/records/read.ts';
import type { SealedContent } from '#domain/records/sealed.ts';
import { HOUR_MS, instantOf, msOf, type Instant } from '#domain/time/instant.ts';
import { isCertain } from '#domain/voting/certain.ts';
import type { Lease } from '#domain/wire/answers.ts';
import { engineFiles } from '#recognition/engine-files.ts';
import type { PlateInView, SettledRead } from '#recognition/protocol.ts';
import { hitOf, leadAgain, LEAD_TIME, makeLead, type Lead } from '../alerts/lead.ts';
import type { LeadSounds } from '../alerts/lead-sounds.ts';
import type { HotlistLibrary } from '../hotlist/library.ts';
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
import { PlateMarks } from '../scanning/plate-marks.ts';
import { Scan } from '../scanning/scan.ts';
import type { VaultClient } from '../vault/client.ts';
import { savingFailureOf, type NotSaved, type SavingFailure } from '../scanning/not-saved.ts';
import { STORAGE_STOPS_AT } from '../vault/protocol.ts';

export type ScanPhase = 'idle' | 'starting' | 'scanning' | 'stopping' | 'failed';
export type ScanFailure = 'cameraDenied' | 'cameraMissing' | 'cameraLost' | 'engineFailed' | SavingFailure;

export interface RecentRead {
  readonly readId: string;
  readonly plate: string;
  readonly jurisdiction: string;
  readonly at: Instant;
  /** false: "check by eye" */
  readonly certain: boolean;
  readonly plateImage: string;
  readonly lead: boolean;
  /** what the officer found by eye, if anything; until it is kept it can be taken back */
  readonly correction: { readonly found: Finding; readonly isKept: boolean } | null;
}

export type ListState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'list';
      readonly name: string;
      readonly ageHours: number;
      readonly age: ListAge;
      /** older than a day, and the officer has not typed that this is known: nothing is matched until then (LAW A22) */
      readonly waitsForWords: boolean;
    };

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
  #lists = $state.raw<readonly HotlistVersion[]>([]);
  #acknowledged = $state.raw<ReadonlySet<string>>(new Set());
  #period = $state.raw<ActivePeriod | null>(null);
  #recent = $state.raw<readonly RecentRead[]>([]);
  #leads = $state.raw<readonly Lead[]>([]);
  #openLead = $state.raw<string | null>(null);
  #tally = $state.raw({ reads: 0, plates: 0 });
  #ended = $state.raw<{ readonly period: ActivePeriod; readonly counts: PeriodCounts } | null>(null);
  #useDemoCamera = $state.raw(false);
  #now = $state.raw(Date.now());
  #unseenLeads = $state.raw(0);
  #notKept = $state.raw(0);

  #scan: Scan | undefined;
  #positionWatch: PositionWatch | undefined;
  #wakeLock: WakeLock | undefined;
  #strain: DeviceStrain | undefined;
  #timers: ReturnType<typeof setInterval>[] = [];
  #frameTimes: number[] = [];
  #form: PeriodForm | undefined;
  // Of this period, for its counts: a mark in place of each plate, so that a locked tablet can count and tells none.
  #reads: Pick<Read, '_id' | 'plate'>[] = [];
  #hitKinds: Pick<Hit, 'readId' | 'category'>[] = [];
  #marks = new PlateMarks();
  readonly #plateMarks = new Set<string>();
  #inSight = false;
  #splitting: Promise<void> | undefined;
  #hits = new Map<string, KeptHit>();
  // Of the reads in sight, for what the officer may say of them.
  #facts = new Map<string, Read>();
  readonly #answering = new Map<string, Hit>();
  #imageUrls: string[] = [];
  #stopDemo: (() => void) | undefined;

  constructor(
    private readonly vault: VaultClient,
    private readonly lease: () => Lease | null,
    private readonly deviceId: () => string | null,
    private readonly clockOffsetMs: () => number | null,
    private readonly sounds: LeadSounds,
    private readonly library: HotlistLibrary
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
    const oldest = [...this.#lists].sort((a, b) => msOf(a.asOf) - msOf(b.asOf))[0];
    if (oldest === undefined) return { kind: 'none' };
    const { asOf, source } = oldest;
    return {
      kind: 'list',
      name: source.compareName,
      ageHours: (this.#now - msOf(asOf)) / HOUR_MS,
      age: listAge(asOf, instantOf(this.#now)),
      waitsForWords: this.#lists.some((version) => this.#waitsForWords(version, instantOf(this.#now)))
    };
  }

  /** The officer has typed that a list is known to be old; it counts for this version alone. */
  acknowledgeOldList(): void {
    const stale = this.#lists.filter((version) => this.#waitsForWords(version, this.#instant()));
    this.#acknowledged = new Set([...this.#acknowledged, ...stale.map(({ _id }) => _id)]);
  }

  #waitsForWords({ _id, asOf }: HotlistVersion, now: Instant): boolean {
    return listAge(asOf, now) === 'stale' && !this.#acknowledged.has(_id);
  }

  /** What a read matches, old lists left out until the officer has typed that they are old. */
  async #match(read: Matched, now: Instant): Promise<readonly Match[]> {
    const matches = await this.library.match(read, now);
    return matches.filter(({ version }) => !this.#waitsForWords(version, now));
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
      operatorId: lease.memberId,
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
    if (lease === null || lease.memberId !== period.operatorId) return this.#fail('noLease');
    this.#phase = 'starting';
    this.#failure = null;
    void this.refreshLists();
    const { purpose, deployment } = period;
    this.#form = { purpose, deployment, ...statementOf(period) };
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
    for (const { readId } of this.#recent) await this.#keepCorrection(readId);
    for (const hit of this.#answering.values()) await this.#keep({ kind: 'hit', hit });
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

  /** The tablet locks: everything that shows a plate, a picture or the street leaves the page; capture goes on. */
  goOutOfSight(): void {
    this.#inSight = false;
    for (const { readId } of this.#recent) void this.#keepCorrection(readId);
    for (const lead of this.#leads) {
      const kept = this.#hits.get(lead.hitId);
      if (kept === undefined || kept.isFinal || lead.answer === null) continue;
      if (isSettled(lead)) void this.#saveAnswered(lead);
      // What was begun is taken up again after the lock. The record of a hit names no plate.
      else this.#answering.set(lead.hitId, hitOf(lead, kept.read, kept.match));
    }
    for (const url of this.#imageUrls.splice(0)) URL.revokeObjectURL(url);
    this.#plates = [];
    this.#recent = [];
    this.#leads = [];
    this.#openLead = null;
    this.#hits.clear();
    this.#facts.clear();
    // Nor what was stated of a case: the vault puts it back into what it seals.
    if (this.#period !== null) this.#period = withoutStatement(this.#period);
    if (this.#form !== undefined) this.#form = withoutStatement(this.#form);
  }

  /** The officer is back: what is still on the tablet of the own period is shown again. */
  async comeIntoSight(): Promise<void> {
    if (this.#inSight) return;
    const contents = await this.vault.ownRecords();
    const stated = statementOf((await this.vault.periodUnderWay()) ?? {});
    if (this.#period !== null) this.#period = { ...this.#period, ...stated };
    if (this.#form !== undefined) this.#form = { ...this.#form, ...stated };
    this.#inSight = true;
    this.#unseenLeads = 0;
    const reads = new Map<string, Extract<SealedContent, { kind: 'read' }>>();
    const hits = new Map<string, Hit>();
    const corrected = new Map<string, Finding>();
    for (const content of contents) {
      if (content.kind === 'read') reads.set(content.read._id, content);
      // The later one of a hit is the one with its answer.
      if (content.kind === 'hit') hits.set(content.hit._id, content.hit);
      // The last word counts.
      if (content.kind === 'correction') corrected.set(content.correction.readId, findingOf(content.correction));
    }
    for (const [hitId, hit] of this.#answering) hits.set(hitId, hit);
    await this.#takeStored();
    for (const { read, pictures } of reads.values()) {
      const hit = [...hits.values()].find(({ readId }) => readId === read._id);
      await this.#showAgain(read, pictures, hit ?? null, corrected.get(read._id) ?? null);
    }
    this.#letGoOfOldImages();
  }

  async #showAgain(read: Read, pictures: Pictures, hit: Hit | null, found: Finding | null): Promise<void> {
    const plateImage = this.#urlOf(pictures.plateImage);
    const certain = isCertain({ confidence: read.ocr.confidence });
    const { _id: readId, plate, jurisdiction, collectedAt: at } = read;
    const correction = found === null ? null : { found, isKept: true };
    this.#facts.set(readId, read);
    this.#recent = [
      {
        readId,
        plate,
        jurisdiction,
        at,
        certain,
        plateImage,
        lead: hit !== null && hit.told !== 'headquartersOnly',
        correction
      } as const,
      ...this.#recent
    ].slice(0, RECENT_READS);
    if (hit === null || hit.told === 'headquartersOnly' || hit.dupOf !== undefined) return;
    const { confidence } = read.ocr;
    const known = { plate, jurisdiction, confidence, characterConfidences: [], secondReader: 'notAsked' } as const;
    const matches = await this.library.match(known, hit.collectedAt);
    const match = matches.find(({ entry }) => entry.ref === hit.entryRef);
    if (match === undefined || !this.#inSight) return;
    const urls = { plateImageUrl: plateImage, contextImageUrl: this.#urlOf(pictures.contextImage) };
    const lead = leadAgain(hit, read, match, { now: this.#instant(), ...urls });
    this.#hits.set(hit._id, { read, match, isFinal: hit.answer !== null && !this.#answering.has(hit._id) });
    this.#answering.delete(hit._id);
    this.#leads = [lead, ...this.#leads];
  }

  /** records of this period that were against the law's list and were not kept */
  get notKept(): number {
    return this.#notKept;
  }

  /** leads that came up while the tablet was locked */
  get unseenLeads(): number {
    return this.#unseenLeads;
  }

  /** The officer has signed out: no list stays in memory. */
  forgetLists(): void {
    this.library.forget();
    this.#lists = [];
    this.#acknowledged = new Set();
  }

  /** The summary of the period before belongs to its officer alone. */
  forgetEnded(): void {
    this.#ended = null;
  }

  /** The authorization has ended or was withdrawn: capture stops now, and what was captured is kept. */
  async authorizationEnded(): Promise<void> {
    if (this.#phase === 'idle') return;
    await this.stop('suspended');
    this.#fail('noLease');
  }

  /** Records what the officer says of a lead; kept for good once nothing more is to come, so that it can be undone. */
  answer(hitId: string, answer: Answer): void {
    this.#change(hitId, (lead) => ({ ...lead, answer, answeredAt: this.#instant() }));
    if (answer !== 'correctRead') this.closeAlert();
  }

  undoAnswer(hitId: string): void {
    this.#change(hitId, (lead) => ({
      ...lead,
      answer: null,
      answeredAt: null,
      checks: null,
      verification: null,
      enforcement: null
    }));
    this.#openLead = hitId;
  }

  /** What the officer compared by eye. */
  compare(hitId: string, checks: EyeChecks | null): void {
    this.#change(hitId, (lead) => ({ ...lead, checks }));
  }

  /** The check through MNJIS, NLETS or dispatch (426.3(f)). */
  verify(hitId: string, verification: Verification): void {
    this.#change(hitId, (lead) => ({ ...lead, verification }));
  }

  /** Records what was done; refused before the alert was verified (rule mayRecordEnforcement). */
  recordEnforcement(hitId: string, enforcement: Enforcement): EnforcementPermission {
    const lead = this.#leads.find((one) => one.hitId === hitId);
    if (lead === undefined)
      return { kind: 'refused', code: 'notCompared', reason: 'This lead is no longer on the tablet.' };
    const permission = mayRecordEnforcement(lead, lead.verification, enforcement);
    if (permission.kind === 'allowed') {
      this.#change(hitId, (one) => ({ ...one, enforcement }));
      this.closeAlert();
    }
    return permission;
  }

  /**
   * Records what the officer found by eye of a read: that it is of no plate, or which plate it is (13.05 subd. 5). What was read stays. Kept
   * once it can no longer be undone; said anew before that, the last word counts.
   */
  correct(readId: string, found: Finding): void {
    this.#mark(readId, { found, isKept: false });
    setTimeout(() => {
      if (this.#correctionOf(readId)?.found === found) void this.#keepCorrection(readId);
    }, ANSWER_SETTLES_AFTER_MS);
  }

  undoCorrection(readId: string): void {
    if (this.#correctionOf(readId)?.isKept === false) this.#mark(readId, null);
  }

  /** The read that a lead is of, while it is among those on the screen. */
  readOfLead(hitId: string): RecentRead | undefined {
    const readId = this.#hits.get(hitId)?.read._id;
    return this.#recent.find((read) => read.readId === readId);
  }

  openLead(hitId: string): void {
    this.#openLead = hitId;
  }

  closeAlert(): void {
    this.#openLead = null;
  }

  /** Pulls the newest lists while there is a link; without one the lists that are here go on aging in plain sight. */
  async refreshLists(): Promise<void> {
    const hello = await this.vault.hello();
    if (hello.kind !== 'answered') return this.#takeStored();
    await this.#take(hello.hello.hotlists);
    await this.library.keepOnly(hello.hello.hotlists.map(({ _id }) => _id));
    this.#lists = this.library.versions;
  }

  /** After a reload far from a network: the lists that lie sealed on the tablet. */
  async #takeStored(): Promise<void> {
    const known = new Set(this.library.versions.map(({ source }) => source.sourceId));
    const stored = await this.vault.storedHotlists();
    await this.#take(stored.filter(({ source }) => !known.has(source.sourceId)));
  }

  async #take(versions: readonly HotlistVersion[]): Promise<void> {
    for (const { _id } of versions) {
      if (this.library.versions.some((known) => known._id === _id)) continue;
      const pulled = await this.vault.hotlist(_id);
      if (pulled.kind === 'answered') await this.library.take(pulled.version, pulled.lines);
      this.#lists = this.library.versions;
    }
  }

  async #switchOn(period: ActivePeriod, lease: Lease): Promise<void> {
    const opened = this.#useDemoCamera ? await this.#openDemoCamera() : await openCamera();
    if (opened.kind !== 'open') return this.#fail(opened.kind === 'denied' ? 'cameraDenied' : 'cameraMissing');
    const { camera } = opened;
    // Another officer may have come while the camera opened.
    if (this.lease()?.memberId !== period.operatorId) {
      camera.stop();
      return this.#fail('noLease');
    }
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
    const begun = withoutStatement(period);
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
        match: (read, now) => this.#match(read, now),
        keep: (content) => this.vault.keep(content),
        agency: lease.agency,
        periodAt: (collectedAt) => this.#periodAt(collectedAt, begun),
        clockOffsetMs: this.clockOffsetMs,
        clock: { nowMs: () => Date.now(), monotonicMs: () => performance.now() },
        newId: () => crypto.randomUUID()
      },
      {
        looked: ({ plates }) => {
          if (this.#inSight) this.#plates = plates;
          this.#countFrame();
        },
        saved: (read, settled, matches, second) => {
          const open = matches.find(({ entry }) => entry.covert !== true) ?? null;
          for (const match of matches) if (match !== open) this.#tellHeadquarters(read, settled, match, second);
          void this.#count(read, open).then(() => {
            this.#keepInSight(read, settled, open, second);
          });
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
    if (this.lease() === null) return this.authorizationEnded();
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
    this.#forgetCounts();
    const next = beginPeriod(this.#form, {
      id: crypto.randomUUID(),
      agencyId: old.agencyId,
      timeZone: lease.agency.timeZone,
      deviceId: old.deviceId,
      operatorId: old.operatorId,
      now: midnight,
      databases: this.#databases()
    });
    const begun = await this.vault.beginPeriod(next);
    if (begun.kind !== 'saved' && begun.kind !== 'leftOut') return this.#notSaved(begun);
    this.#period = next;
  }

  /** of the agency whose officer this is */
  get #timeZone(): string {
    return this.lease()?.agency.timeZone ?? 'UTC';
  }

  #databases(): ActivePeriod['databases'] {
    return this.#lists.map(({ source, _id, asOf }) => ({ compareName: source.compareName, listVersionId: _id, asOf }));
  }

  async #count(read: Read, match: Match | null): Promise<void> {
    const mark = await this.#marks.of(read.plate);
    const isNew = !this.#plateMarks.has(mark);
    this.#plateMarks.add(mark);
    this.#reads.push({ _id: read._id, plate: mark });
    if (match !== null) this.#hitKinds.push({ readId: read._id, category: match.entry.category });
    this.#tally = { reads: this.#tally.reads + 1, plates: this.#tally.plates + (isNew ? 1 : 0) };
  }

  /** A covert entry: the hit is sealed and sent, and nothing here shows, sounds or counts it. */
  #tellHeadquarters(read: Read, settled: SettledRead, match: Match, second: SettledRead['secondReader']): void {
    const setting = { now: this.#instant(), secondReader: second, plateImageUrl: '', contextImageUrl: '' };
    const lead = makeLead(read, settled, match, { ...setting, hitId: crypto.randomUUID() });
    void this.vault.keep({ kind: 'hit', hit: hitOf(lead, read, match) });
  }

  #tellUnseen(read: Read, settled: SettledRead, match: Match, second: SettledRead['secondReader']): void {
    const setting = { now: this.#instant(), secondReader: second, plateImageUrl: '', contextImageUrl: '' };
    const lead = makeLead(read, settled, match, { ...setting, hitId: crypto.randomUUID() });
    this.#unseenLeads++;
    this.sounds.tell(lead, performance.now());
    void this.#keep({ kind: 'hit', hit: hitOf(lead, read, match) });
  }

  #keepInSight(read: Read, settled: SettledRead, match: Match | null, second: SettledRead['secondReader']): void {
    if (!this.#inSight) {
      // Behind the lock nothing is shown or held; the hit is sealed and waits for the officer, who hears it.
      if (match !== null) this.#tellUnseen(read, settled, match, second);
      return;
    }
    const plateImage = this.#urlOf(settled.plateImage);
    // What leaves the sight can no longer be undone.
    for (const { readId } of this.#recent.slice(RECENT_READS - 1)) {
      void this.#keepCorrection(readId);
      this.#facts.delete(readId);
    }
    this.#recent = [
      {
        readId: read._id,
        plate: read.plate,
        jurisdiction: read.jurisdiction,
        at: read.collectedAt,
        certain: isCertain({ confidence: settled.confidence, secondReader: second }),
        plateImage,
        lead: match !== null,
        correction: null
      },
      ...this.#recent
    ].slice(0, RECENT_READS);
    this.#facts.set(read._id, read);
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
    const earlier = this.#leads.find((one) => isSameCarAgain(one, lead));
    if (earlier !== undefined) {
      void this.vault.keep({ kind: 'hit', hit: hitOf({ ...lead, level: 'tray', dupOf: earlier.hitId }, read, match) });
      return;
    }
    performance.measure(LEAD_TIME, { start: settled.firstSeenMs, end: performance.now() });
    const hit = hitOf(lead, read, match);
    this.#hits.set(lead.hitId, { read, match, isFinal: false });
    this.#leads = [lead, ...this.#leads];
    // A lead that sounds takes the screen unless the officer is busy with another one.
    if (lead.level === 'sound' && this.#openLead === null) this.#openLead = lead.hitId;
    this.sounds.tell(lead, performance.now());
    const waiting = this.tray.map((one) => ({ hitId: one.hitId, category: one.entry.category }));
    const setAside = new Set(beyondBacklog(waiting).map((one) => one.hitId));
    if (setAside.size > 0) this.#leads = this.#leads.filter((one) => !setAside.has(one.hitId));
    void this.#keep({ kind: 'hit', hit });
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
    await this.#keep({ kind: 'hit', hit: hitOf(lead, kept.read, kept.match) });
  }

  #correctionOf(readId: string): RecentRead['correction'] | undefined {
    return this.#recent.find((read) => read.readId === readId)?.correction;
  }

  #mark(readId: string, correction: RecentRead['correction']): void {
    this.#recent = this.#recent.map((read) => (read.readId === readId ? { ...read, correction } : read));
  }

  async #keepCorrection(readId: string): Promise<void> {
    const read = this.#facts.get(readId);
    const said = this.#correctionOf(readId);
    if (read === undefined || said == null || said.isKept) return;
    this.#mark(readId, { ...said, isKept: true });
    const correction = correctionOf(read, said.found, { id: crypto.randomUUID(), now: this.#instant() });
    await this.#keep({ kind: 'correction', correction });
  }

  #countsNow(): PeriodCounts {
    const counted = countPeriod(this.#reads, this.#hitKinds, (mark) => mark);
    return { ...counted, reads: this.#tally.reads, distinctPlates: this.#tally.plates };
  }

  /** Saves what belongs to a read; when that cannot be, capture ends as for a read. */
  async #keep(content: SealedContent): Promise<void> {
    const kept = await this.vault.keep(content).catch(() => ({ kind: 'failed' as const }));
    if (kept.kind !== 'saved' && kept.kind !== 'leftOut') this.#notSaved(kept);
  }

  #notSaved(outcome: NotSaved): void {
    const failure = savingFailureOf(outcome);
    if (failure === null) this.#notKept++;
    else if (this.#phase !== 'scanning') return;
    else if (failure === 'noLease') void this.authorizationEnded();
    else void this.#lost(failure);
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
    performance.clearMeasures(LEAD_TIME);
    this.#period = null;
    this.#recent = [];
    this.#leads = [];
    this.#openLead = null;
    this.#hits.clear();
    this.#facts.clear();
    this.#answering.clear();
    this.#unseenLeads = 0;
    this.#forgetCounts();
  }

  #forgetCounts(): void {
    this.#reads = [];
    this.#hitKinds = [];
    this.#marks = new PlateMarks();
    this.#plateMarks.clear();
    this.#tally = { reads: 0, plates: 0 };
    this.#notKept = 0;
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

  #urlOf(jpeg: ArrayBuffer | Uint8Array): string {
    const url = URL.createObjectURL(new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }));
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
