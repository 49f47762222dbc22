/** What the page may say to a service worker: that a waiting one shall take over, or that the active one shall answer for this page too. */
export interface UpdateMessage {
  readonly kind: 'takeOver' | 'answerForMe';
}
