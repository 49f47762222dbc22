import type { Refusal } from '#domain/wire/answers.ts';

/** Every refusal in words for people, each saying what to do. No name, plate, number or key is ever put into one. */
const SENTENCES = {
  // who asks
  signInFirst: 'Sign in first.',
  tabletNotAccepted: 'This tablet is not accepted. Ask the Administration Sergeant to enroll it again.',
  staleProof: 'The tablet did not prove in time which one it is. It tries again by itself.',
  enrollAgain:
    'This tablet still holds records of its earlier enrollment. Ask for a code by “Enroll again” beside its name.',
  wrongSignIn: 'The name or the password is wrong.',
  codeNeeded: 'Enter the code of your authenticator app, or a recovery code.',
  passkeyNeeded: 'This account signs in with a passkey. Press “Sign in with a passkey”.',
  wrongFactor: 'The code or the passkey was not accepted. A code works once; wait for the next one.',
  addFactorFirst: 'Add a second factor first: a passkey or an authenticator app.',
  proveAgain: 'This needs a fresh proof that it is you: your code, passkey or password.',
  lastFactor: 'This is your last second factor. Add another one before you remove it.',
  notYourFactor: 'This second factor is not yours.',
  signInLocked: 'Too many wrong tries. Wait 15 minutes, then try again.',
  notAllowed: 'Your roles do not allow this. Ask the Administration Sergeant if you need it for your duties.',
  wrongOrigin: 'This request did not come from a page of this server. Open the server in a new tab and try again.',
  wrongHost: 'Open this server by the address it printed.',
  // form
  malformed: 'The request is not in the expected form. Reload the page and try again.',
  tooLarge: 'That is too much at once. Send less.',
  tooMany: 'Too many requests. Wait a minute, then try again.',
  unknownRoute: 'There is nothing here.',
  notFound: 'There is no such record, or it has been destroyed.',
  nameTaken: 'This sign-in name is taken. Choose another one.',
  unknownTimeZone: 'The time zone is unknown. Write it like America/Chicago.',
  dateInFuture: 'The date lies in the future.',
  lastAdministrator: 'Somebody has to administer the program. Name another administrator first.',
  retentionTooLong: 'Retention and backups together must end a day before the 60 days of the law.',
  wrongCode: 'This code is unknown, used or too old. Ask for a new one.',
  noLeaseThere: 'This member has not signed in on that tablet. Check the name and the tablet.',
  alreadySetUp: 'This server is set up. Sign in.',
  notSetUp: 'This server is not set up yet. Open the setup link that it printed at its start.',
  // reasons of the policy
  reasonMissing: 'State the purpose, the case number and the factual basis.',
  caseNumberMissing: 'Give the case number this belongs to.',
  basisTooVague: 'Say in a sentence which facts make this data pertinent to the investigation.',
  noQueryThere: 'In this entry nobody asked for a plate, or what was asked for cannot be opened any more.',
  lookUnknown: 'This look is over or is not yours. Search again, with its reason.',
  unknownSource: 'Only the Minnesota license plate data file, or an entry of an active investigation, may be matched.',
  noPolicy: 'No written policy is in force. Use needs one (Minn. Stat. 626.8472).',
  suspended: 'All use is suspended.',
  memberDisabled: 'This account is disabled.',
  noTraining: 'No completed training is on record. Use needs it (426.3(d)).',
  trainingExpired: 'The training has expired. Renew it before using the system.',
  noGrant: 'No written authorization is in force. Access needs one (13.824 subd. 7(b)).',
  noRole: 'The written authorization names no role that captures.',
  // hotlists
  entryByApproval:
    'An own entry is proposed with its case and approved by somebody else; it is not imported as a file.',
  entrySelfApproval: 'Somebody other than its author approves an own entry.',
  entryDecided: 'Somebody has decided on this entry, or it is over. Reload the page.',
  lookNeedsAuthority:
    'You looked for this plate on two other days. To go on needs a warrant or exigent circumstances (426.3.1(c)).',
  trackingNeedsAuthority: 'Looking for a person needs a warrant or exigent circumstances (426.3.1(c)).',
  exigencyTooLong: 'Exigent circumstances last a day at most. Ask for a warrant.',
  expired: 'The warrant or the exigency is over.',
  fileBroken: 'The file broke off or is no text. Nothing was changed; send it again.',
  wrongChecksum: 'The checksum does not fit the file. Nothing was changed; get the file again.',
  columnMissing: 'A column is missing: plate, jurisdiction and category must be there. Nothing was changed.',
  nothingInFile: 'No row of the file could be taken. Nothing was changed; check the layout.',
  swingNotConfirmed: 'The list differs by more than a fifth from the one in force. Look at it, then confirm.',
  // holds
  selfApproval: 'Somebody other than the author approves.',
  notTheAuthor: 'Each step is signed by the person who takes it.',
  holdDecided: 'Somebody has decided on this hold, or it is over. Reload the page.',
  holdNotInForce: 'This hold is not in force. It is approved first.',
  heldRead: 'A hold in force covers one of these reads. Decide on the hold first, with the city attorney.',
  // releases to other agencies
  releaseDecided: 'Somebody has decided on this request. Reload the page.',
  releaseNotApproved: 'This request is not approved. Nothing is released before.',
  nothingToRelease: 'The hold covers no read that is stored. Nothing was released.',
  reviewerIsUser: 'You looked at data in this time yourself. Somebody who did not must sign the review off.',
  otherWeek: 'A new week has begun. Reload the page and review it.',
  weekSignedOff: 'This week has been signed off.',
  confidentialFull: 'No more requests can be hidden among the tags that tablets get. Tell who maintains Platekeeper.',
  // places and notices
  placeStands: 'What stood where, and since when, is not rewritten. Enter the place anew.',
  placeReopened: 'This place was left. Enter it anew if something stands there again.',
  removedBeforeInstalled: 'It cannot have been removed before it was there.',
  reviewTooFar: 'Look at the determination anew within a year, and not before today.',
  unknownNoticeEvent: 'One of these calls for no notice. Reload the page.',
  incidentStands: 'What was written down of an incident stands. Reload the page.',
  incidentOfNobody: 'Name the tablet that is lost, or the member who looked.',
  notABreach: 'Notices and a report belong to a breach. Judge first whether it was one.',
  oneStepAtATime: 'One step at a time. Reload the page.',
  // boxes and records
  notYourBox: 'This box belongs to another tablet.',
  notAllHere: 'Not every record of this box is safe at headquarters yet. Keep it and ask again.',
  unlawfulField: 'The read held a field the law does not allow to be collected.',
  improperRecord: 'The record was not in its proper form.',
  notOurKey: 'The record was sealed for another server.',
  brokenSeal: 'The seal did not open: the record was damaged or moved.',
  wrongAgency: 'The record names another agency.',
  notItsOwn: 'A tablet sends its own reads only.',
  wrongDevice: 'The record names another tablet.',
  wrongBox: 'The date of the record is not the date of its period or box.',
  keptTooLong: 'The destroy date was later than the law allows.',
  pastItsDate: 'The date of destruction had passed; nothing of the record was kept.',
  clockAhead: 'The clock of the tablet ran ahead.',
  periodUnknown: 'The period of use it belongs to never arrived.',
  improperPeriod: 'The period of use was not stated as the policy asks.',
  placeMissing: 'A stationary reader needs the words of its place.',
  operatorUnknown: 'The operator is not a member of this agency.',
  notVerified: 'The hit tells of a stop, citation or arrest before the lead was compared and verified (426.3(f)).',
  readUnknown: 'The read it belongs to is not here.',
  idTaken: 'Another record has the same id.',
  refusedByDesign: 'The day box refused the record.',
  // faults
  auditUnavailable:
    'The audit trail cannot be written, so nothing may be shown or done. Try again in a minute; tell the administrator.',
  storeUnavailable: 'The database does not answer. Nothing was lost; try again in a minute.',
  busy: 'The server is busy. Try again in a few seconds.',
  fault: 'Something went wrong at the server. Try again; tell the administrator when it happens again.'
} as const;

export type RefusalCode = keyof typeof SENTENCES;

export function refusal(code: RefusalCode): Refusal {
  return { code, sentence: SENTENCES[code] };
}

/** Whether a design document's code is one that people have a sentence for. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(SENTENCES, code);
}

/** The sentence of a code that was stored; a code of another version is shown as it is. */
export function sentenceOf(code: string): string {
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code as RefusalCode] : code;
}
