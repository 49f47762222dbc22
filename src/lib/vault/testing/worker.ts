/** The real vault worker with a stand-in network; for tests. */
import './surroundings.ts';
import '../worker.ts';
